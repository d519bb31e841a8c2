from careerforge.governance.handling import Erase, Handling, Keep, declare

SIGN_IN = Handling("To sign in", Keep.HERE, Erase.ROW)
SECRET = Handling("To check a secret without keeping it", Keep.HERE, Erase.ROW, exported=False)
NAME = Handling("To know who somebody is: HR and they themselves", Keep.HERE, Erase.KEY)
FINDING = Handling("To find somebody again without reading names", Keep.HERE, Erase.ROW, exported=False)
KEY = Handling(
    "To open what is sealed about somebody; its end is their erasure", Keep.HERE, Erase.ROW, exported=False
)
HANDLE = Handling("To show in place of a name", Keep.HERE, Erase.ROW)
WORK = Handling("To plan learning and find roles that fit", Keep.HERE, Erase.ROW)
CHOICE = Handling("The person's own settings", Keep.HERE, Erase.ROW)
PLACE = Handling("To know who works with whom, who coaches and who leads", Keep.HERE, Erase.ROW)
LED = Handling("To know who leads a team", Keep.HERE, Erase.LINK)
SKILL = Handling("The person's skills and what they rest on", Keep.CLAIM, Erase.ROW)
LINE = Handling("A line of evidence, names removed", Keep.CLAIM, Erase.KEY)
ROOM = Handling("Who can read a room", Keep.HERE, Erase.ROW)
REPEAT = Handling("To answer a repeated request of the API once", Keep.DAY, Erase.ROW, exported=False)
ADMIN_LOG = Handling("To show administrators what was changed, by handle", Keep.YEAR, Erase.LINK)
UNUSED = Handling("A table of the sign-in library that stays empty", Keep.NEVER, Erase.ROW, exported=False)

declare(
    "people.user",
    (SIGN_IN, "username state joined_at left_at"),
    (SECRET, "password session_generation"),
    (FINDING, "email_index"),
    (HANDLE, "handle"),
)
declare("people.grant", (SIGN_IN, "user kind"))
declare("people.personkey", (KEY, "user wrapped"))
declare(
    "people.identity",
    (NAME, "user sealed_name sealed_email sealed_city sealed_phone sealed_employee_number"),
    (FINDING, "employee_number_index"),
)
declare(
    "people.profile",
    (HANDLE, "user pseudo_id coaching_handle"),
    (WORK, "practice seniority years_of_experience region hours_per_week version"),
    (CHOICE, "time_zone locale shares_path_with_manager"),
)
declare("people.position", (WORK, "user role level starts_on ends_on"))
declare("people.team", (LED, "name manager parent"))
declare("people.teammembership", (PLACE, "team user starts_on ends_on"))
declare("people.assignment", (PLACE, "coach employee starts_on ends_on cover"))
declare("people.skillclaim", (SKILL, "user skill source level confidence evidence_on made_at withdrawn_at"))
declare("people.evidence", (SKILL, "claim kind issuer dated_on"), (LINE, "sealed_line"))
declare("people.room", (ROOM, "subject kind opened_at"))
declare("people.roommembership", (ROOM, "room user joined_at left_at"), (KEY, "wrapped_key"))
declare("people.signinlink", (SECRET, "user token_hash expires_at used_at"))
declare("people.apitoken", (SIGN_IN, "user scopes created_at expires_at revoked_at"), (SECRET, "token_hash"))
declare("people.idempotencykey", (REPEAT, "user key request_hash status sealed_answer created_at"))
declare(
    "admin.logentry",
    (ADMIN_LOG, "action_time user content_type object_id object_repr action_flag change_message"),
)
declare("account.emailaddress", (UNUSED, "user email verified primary"))
declare("account.emailconfirmation", (UNUSED, "email_address created sent key"))
