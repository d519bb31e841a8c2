"""Well-known JSON sources: a word fills in the rest."""

from django.utils.translation import gettext_lazy

from connectors.kinds.json import paging
from connectors.kinds.kind import Preset

REMOTIVE = Preset(
    "remotive", "Remotive", "https://remotive.com/api/remote-jobs",
    {
        "items": "jobs", "paging": paging.NONE, "complete": True, "document_kind": "posting",
        "fields": {
            "external_id": "id", "title": "title", "text": "description", "url": "url",
            "company": "company_name", "published_at": "publication_date",
            "location": "candidate_required_location", "salary": "salary",
            "employment_type": "job_type", "department": "category", "topics": "tags", "remote": "`true`",
        },
        "licence": "Remotive: name the source and link to it",
    },
    interval_minutes=360,
    note=gettext_lazy("Remotive asks for a link back and for few calls a day: choose six hours or more."),
)  # fmt: skip

ARBEITNOW = Preset(
    "arbeitnow", "Arbeitnow", "https://www.arbeitnow.com/api/job-board-api",
    {
        "items": "data", "paging": paging.PAGE, "complete": True, "document_kind": "posting",
        "fields": {
            "external_id": "slug", "title": "title", "text": "description", "url": "url",
            "company": "company_name", "published_at": "created_at", "location": "location",
            "employment_type": "job_types", "topics": "tags", "remote": "remote",
        },
        "licence": "Arbeitnow: name the source and link to it",
    },
    note=gettext_lazy("Mostly Germany. Arbeitnow asks to be named and linked to."),
)  # fmt: skip

USAJOBS = Preset(
    "usajobs", "USAJOBS", "https://data.usajobs.gov/api/search?Keyword={keyword}",
    {
        "items": "SearchResult.SearchResultItems", "paging": paging.PAGE, "parameter": "Page",
        "size_parameter": "ResultsPerPage", "size": 500, "total": "SearchResult.SearchResultCountAll",
        "complete": True, "document_kind": "posting",
        "fields": {
            "external_id": "MatchedObjectId",
            "title": "MatchedObjectDescriptor.PositionTitle",
            "text": "MatchedObjectDescriptor.join('\n\n', "
                    "[UserArea.Details.JobSummary, QualificationSummary][?@])",
            "url": "MatchedObjectDescriptor.PositionURI",
            "company": "MatchedObjectDescriptor.OrganizationName",
            "department": "MatchedObjectDescriptor.DepartmentName",
            "published_at": "MatchedObjectDescriptor.PublicationStartDate",
            "closes": "MatchedObjectDescriptor.ApplicationCloseDate",
            "location": "MatchedObjectDescriptor.PositionLocationDisplay",
            "locations": "MatchedObjectDescriptor.PositionLocation[].LocationName",
            "requisition": "MatchedObjectDescriptor.PositionID",
            "employment_type": "MatchedObjectDescriptor.PositionSchedule[0].Name",
            "salary_min": "MatchedObjectDescriptor.PositionRemuneration[0].MinimumRange",
            "salary_max": "MatchedObjectDescriptor.PositionRemuneration[0].MaximumRange",
            "salary_currency": "'USD'",
            "salary_period": "MatchedObjectDescriptor.PositionRemuneration[0].RateIntervalCode",
            "remote": "MatchedObjectDescriptor.UserArea.Details.RemoteIndicator",
            "country": "'US'",
        },
        "licence": "US Government work", "language": "en",
    },
    auth="header", header="Authorization-Key", extra="User-Agent: {e-mail}",
    note=gettext_lazy(
        "Needs a free key from developer.usajobs.gov, sent in the header Authorization-Key, and as a further "
        "header the e-mail address that it was given to: User-Agent: it@example.com."
    ),
)  # fmt: skip

OPEN_EDX = Preset(
    "open_edx", "Open edX", "https://{host}/api/courses/v1/courses/?page_size=100",
    {
        "items": "results", "paging": paging.NEXT, "next": "pagination.next", "complete": True,
        "document_kind": "course", "gone_when": "hidden",
        "fields": {
            "external_id": "course_id || id", "title": "name", "text": "short_description || name",
            "url": "join('', ['/courses/', course_id || id, '/about'])",
            "published_at": "enrollment_start", "provider": "org", "time_commitment": "effort",
            "starts": "start", "ends": "end", "code": "number", "format": "pacing",
        },
    },
    auth="oauth2", about="company",
    token_url="https://{host}/oauth2/access_token",  # noqa: S106 - an address
    note=gettext_lazy("The catalogue of your Open edX. Make a client for “client credentials” in its admin."),
)  # fmt: skip

MOODLE = Preset(
    "moodle", "Moodle",
    "https://{host}/webservice/rest/server.php?wsfunction=core_course_get_courses&moodlewsrestformat=json",
    {
        "items": "@", "paging": paging.NONE, "complete": True, "document_kind": "course",
        "gone_when": "visible == `0` || format == 'site'",
        "failed_when": "exception && (message || exception)",
        "fields": {
            "external_id": "id", "title": "displayname || fullname", "text": "summary",
            "url": "join('', ['/course/view.php?id=', to_string(id)])",
            "published_at": "timecreated || timemodified", "language": "lang", "starts": "startdate",
            "ends": "enddate", "code": "idnumber || shortname",
        },
    },
    auth="query", header="wstoken", about="company",
    note=gettext_lazy("Needs a web service token that may call core_course_get_courses, sent as wstoken."),
)  # fmt: skip

COURSERA = Preset(
    "coursera", "Coursera",
    "https://api.coursera.org/api/courses.v1?includes=partnerIds&fields=description,workload,primaryLanguages,"
    "partnerIds,certificates,startDate,domainTypes,slug",
    {
        "items": "elements", "paging": paging.CURSOR, "next": "paging.next", "parameter": "start",
        "size": 100, "size_parameter": "limit", "total": "paging.total", "complete": True,
        "document_kind": "course",
        "fields": {
            "external_id": "id", "title": "name", "text": "description",
            "url": "join('', ['https://www.coursera.org/learn/', slug])", "language": "primaryLanguages[0]",
            "time_commitment": "workload", "starts": "startDate", "certificate": "certificates",
            "topics": "domainTypes[].subdomainId", "code": "slug", "provider": "provider",
        },
    },
    note=gettext_lazy("The public catalogue; no key is needed."),
)  # fmt: skip

PRESETS = (REMOTIVE, ARBEITNOW, USAJOBS, OPEN_EDX, MOODLE, COURSERA)
