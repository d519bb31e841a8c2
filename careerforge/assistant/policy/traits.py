"""What nobody may be judged by at work, as English says it of people: outright, or by what stands for it.

Each pattern means a person: "male" before a connector, a parent process and the age of data are no traits.
What is ambiguous alone (an accent, a pension, the school run) counts only where something is concluded from
it, see :mod:`careerforge.assistant.policy.claims`. Lists follow the grounds of EU directives 2000/43, 2000/78
and 2006/54 and of Title VII, with looks, which some states add.
"""

import re

from careerforge.assistant.policy.asking import one_of

_OWNER = "(?:their|his|her|your|this person['’]s|the (?:person|employee|candidate)['’]s)"
PEOPLE = one_of(
    """
    people|persons?|employees?|colleagues?|engineers?|developers?|workers?|staff|candidates?|applicants?|
    hires?|
    m[ae]n|wom[ae]n|team members?|members?|learners?|leads?|leaders?|managers?|coaches|talents?|guys|folks|
    minds?|analysts?|testers?|designers?|professionals?|graduates?|mothers?|fathers?|parents?|ones
    """
)
_ANYBODY = one_of(
    """
    someone|somebody|anyone|anybody|everyone|everybody|those|people|persons?|employees?|colleagues?|
    engineers?|developers?|workers?|staff|candidates?|applicants?|hires?|is|are|be|was|were|aged?
    """
)
_NUMBER = "(?:[2-7]\\d|twenty|thirty|forty|fifty|fifty-five|sixty|seventy)"
# What a word about people stands before when it is a word about things.
THING = one_of(
    """
    connectors?|headers?|plugs?|sockets?|ends?|adapters?|boards?|cards?|process(?:es)?|nodes?|class(?:es)?|
    tables?|projects?|compan(?:y|ies)|portals?|apps?|products?|data|datasets?|polic(?:y|ies)|networks?|
    reports?|
    pages?|fields?|columns?|museums?|events?|courses?|laws?|rules?|clauses?|conditions?|boxes|box|papers?|
    lists?|hats?|teams?|friday|joins?|keys?|integrations?|compan(?:y|ies)|charit(?:y|ies)|health|hours?|
    registers?|releases?|freeze|calendars?|translations?|sites?|regions?|walls?|dolls?|elements?|versions?|
    types?|lines?|models?|flags?|modes?|attacks?|paradox|roles?|tasks?|themes?|clusters?|services?|
    libraries|library|runners?
    """
)
_NO_THING = rf"(?!['’]?s?[ -]{THING}\b)"
_FAITHS = one_of(
    """
    muslims?|christians|catholics|protestants|jews|hindus?|buddhists?|sikhs?|mormons?|atheists?|
    evangelicals|church-?goers?|believers|(?:a|as a|an|as an|being|devout) (?:christian|catholic|protestant|
    jew|jewish|muslim|orthodox|evangelical)|
    being jewish|jewish people
    """
)
_ORIGINS = one_of(
    """
    indians|poles|germans|italians|spaniards|greeks|turks|russians|asians|africans|arabs|americans|europeans|
    romanians|bulgarians|ukrainians|pakistanis|mexicans|latin[oa]s|hispanics|brits|southerners|northerners|
    westerners|easterners|slavs|gyps(?:y|ies)|foreigners?|immigrants?|migrants?|refugees?|expats?|locals|
    asylum seekers|minorities|nigerians|iranians|syrians|koreans|swedes|hungarians|czechs|serbs|albanians|
    chinamen|orientals|aliens|israelis|brazilians|colombians|filipinos|egyptians|moroccans|algerians|tunisians
    """
)
_FROM_THERE = one_of(
    """
    indian|polish|pole|german|italian|spanish|spaniard|greek|turkish|turk|russian|asian|african|arab|american|
    romanian|bulgarian|ukrainian|pakistani|mexican|hispanic|british|brit|french|dutch|chinese|japanese|korean|
    vietnamese|portuguese|swiss|irish|iranian|syrian|nigerian|israeli|brazilian|roma|foreigner|immigrant|
    migrant|refugee
    """
)

OUTRIGHT = {
    "age": rf"""
        (?:they|he|she|you|{PEOPLE}|someone|somebody)(?:['’]re|['’]s)? (?:\w+ ){{0,3}}too (?:old|young)\b|
        at {_NUMBER},? (?:they|he|she|you)\b|(?:he|she|they)(?:['’]s|
        ['’]re| is| are| turns?| turned) (?:already |nearly |almost |only |just )?{_NUMBER}\b(?! ?(?:%|
        percent|per|hours|days|of|points|steps|weeks|minutes))|
        too (?:old|young) (?:to (?:learn|lead|start|change|become|manage|keep|work|be (?:promoted|hired|
        trained|taken))|for (?:a|the|this) (?:role|job|promotion|change|course))\b|
        past {_NUMBER}\b(?! ?(?:%|percent|per|hours|days|minutes|adverts|points|ms))|
        {_OWNER} (?:\w+ )?(?:age|youth|years)\b(?! of| group)|
        (?:{PEOPLE}|someone|somebody) (?:of )?(?:their|his|her|that|a certain|this|your) age|
        \b(?:old|older|oldest|young|younger|youngest|elderly|ageing|aging|middle-aged|
        mature),? (?:[\w-]+ )?{PEOPLE}\b|
        \b(?:someone|somebody|anyone|anybody|person|people) (?:much |far |a bit )?(?:older|younger|old|
        young)\b|
        \b{_ANYBODY} (?:well |already |just )?(?:over|under|above|below|past|beyond|nearly|
        almost) (?:the age of )?
        {_NUMBER}(?:s|-somethings?)?\b(?! ?(?:%|percent|per|hours|days|minutes|characters|lines|adverts|of|
        points|ms))|
        (?:in|into) (?:their|his|her|your) (?:early |mid-?|late )?(?:\d0s|twenties|thirties|forties|fifties|
        sixties)|
        (?:close|near|nearing|approaching|before|until|short of|away from|years from|ahead of) (?:\w+ ){{0,2}}
        (?:retirement|retiring|pension)(?! (?:planning|portal|of))|
        \b(?:millennials|(?:baby )?boomers|gen(?:eration)?[ -](?:x|y|z|alpha)|zoomers|digital natives|
        greybeards|
        oldies|youngsters|pensioners|retirees(?! portal)|teenagers|twenty-somethings|juveniles)\b|
        \b(?:under|over)[ -]?{_NUMBER}s\b|old dogs?\b|stage (?:of|in) (?:their |his |her |one['’]s )?life|
        younger generation|older generation|advanced (?:age|years)
        """,
    "sex": rf"""
        \b(?:wom[ae]n(?!['’]s)|ladies|gentlemen|girls?|boys|females?|males?|guys|lads|wives|housewi(?:fe|
        ves)|fairer sex)\b
        {_NO_THING}(?!-to-| in (?:tech|data|it)\b)|\b(?:men(?!-)|(?:a|real|tall|old|older|young|family|gay|
        white|black) man)\b
        (?![ -]in-)|\bas an? (?:woman|man|wife|husband|girl|lady)|{_OWNER} (?:gender|sex)\b(?! is not)|
        because (?:of )?(?:she is|he is|her|his) (?:a )?(?:woman|man|gender|sex)|\b(?:feminine|masculine|
        womanly|
        ladylike|girly|effeminate|manly|motherly|macho)\b
        """,
    "family": rf"""
        \bas an? (?:\w+ )?(?:mother|father|parent|mum|mom|dad|carer)\b|
        \b(?:mothers|fathers|mums|moms|dads|childless|(?:single|working|young|new) (?:mother|father|parent|
        mum|mom|dad)s?|
        parents of|parents with|spouses|newlyweds?|bachelors(?! degree)|divorcees|widow(?:er)?s)\b{_NO_THING}|
        \b(?:married|unmarried|divorced|widowed|childless|single) (?:{PEOPLE}|person)|
        {_OWNER} (?:\w+ )?(?:child(?:ren)?|kids?|bab(?:y|ies)|spouse|husband|wife|marriage|divorce|wedding|
        famil(?:y|ies)|family (?:situation|obligations|plans|life)|parenthood|motherhood|fatherhood|in-laws|
        daughters?|sons?|toddlers?|twins)\b(?! process| node)|
        \bwith (?:small |young |two |three |little |several )*(?:children|kids|toddlers|babies|dependants|
        a family)\b
        """,
    "pregnancy": rf"""
        \bpregnan(?:t(?! pause)|cy|cies)\b|\b(?:maternity|paternity|parental) leave\b{_NO_THING}|
        \bchild-?bearing|
        \bmiscarriage|\bfertility treatment|\bbreast-?feeding|\b(?:due date|baby bump)\b
        """,
    "origin": rf"""
        {_ORIGINS}\b{_NO_THING}|(?:as|being|is|are|like|the|typical) (?:an? )?{_FROM_THERE} (?:{PEOPLE}|
        person|mentality|temperament)\b|
        (?:as|being|(?:he|she) is|they are) (?:an? )?{_FROM_THERE}\b{_NO_THING}|
        {_FROM_THERE} (?:{PEOPLE})\b|roma applicants|the (?:french|dutch|chinese|japanese|
        british|irish|swiss|polish|portuguese) (?:are|tend|make|lack|seldom|rarely|never|prefer)\b|
        {_OWNER} (?:\w+ )?(?:ethnic(?:ity| background| origin)|race(?! condition)|skin colou?r|nationality|
        country of origin|origin|native country|homeland|mother tongue|accent|passport|tribe|caste)\b|
        \b(?:black|white|brown|coloured|asian|arab|african|foreign|ethnic|immigrant|migrant) {PEOPLE}\b|
        \bnative (?:\w+ )?speakers?\b|\brace plays\b|\b(?:non-?native|foreign-born)\b
        """,
    "religion": rf"""
        \b{_FAITHS}\b{_NO_THING}|{_OWNER} (?:\w+ )?(?:religion|faith|religious beliefs?|beliefs|church|
        prayers?)\b|
        \b(?:people|those|someone|anyone|colleagues) of (?:their|that|this|a certain|other) (?:faith|
        religion|belief)|
        \b(?:religious|devout|pious) (?:{PEOPLE})\b
        """,
    "health": rf"""
        \b(?:disabled|handicapped|autistic|epileptic|deaf|blind|bipolar|neurodivergent|depressed|dyslexic|
        diabetic|
        chronically ill|mentally ill|paralysed|obese|overweight|crippled|infertile|
        hiv-positive) (?:{PEOPLE}|person)\b|
        \b(?:people|someone|somebody|anyone|colleagues|employees|those|candidates|engineers|person)
        \swith\s(?:an? |their |chronic |severe |mild )*(?:disabilit(?:y|ies)|diabetes|depression|autism|
        adhd|epilepsy|cancer|
        dyslexia|anxiety|asthma|illness|impairments?|mental (?:illness|health)|health (?:issues?|
        problems?))\b|
        {_OWNER} (?:\w+ )?(?:disabilit(?:y|ies)|illness|health(?! check| endpoint)|disease|depression|adhd|
        autism|
        diagnosis|condition|medical history|mental health(?: problems)?|therapy|surgery|injury|weight|
        cancer|burn-?out|
        medication|pills|disorder|anxiety|diabetes|asthma|epilepsy|migraines?|addiction|bad back|
        hearing aids?|
        wheelchair|pacemaker|menopause|obesity|blindness|deafness|pregnancy|stutter|inhaler|limp|memory|
        sick(?:ness)? (?:leave|days|record))\b|
        \bhistory of (?:\w+ )?(?:cancer|depression|illness|addiction|mental|heart|burn-?out)|\bburn(?:t|
        ed)[- ]out\b(?! chart)
        """,
    "orientation": rf"""
        \b(?:gays|(?:is|are|being|openly|as an?|seems?) (?:gay|lesbian|trans|queer|bisexual)|(?:gay|trans|
        queer|lesbian|bisexual|homosexual) {PEOPLE}|lesbians?|homosexuals?|bisexuals?|transgender|
        transsexuals?|transvestites?|queers?)\b
        {_NO_THING}|{_OWNER} (?:sexual orientation|sexuality|gender identity|coming out|pronouns)\b
        """,
    "politics": rf"""
        {_OWNER} (?:\w+ )?(?:political (?:views?|opinions?|beliefs|leanings?)|politics|party|
        union (?:membership|work|
        activit(?:y|ies))|activism)\b|\bunion (?:members?|reps?|representatives?|activists?)\b|
        \bmember of (?:an? |the )(?:[\w-]+ )?(?:party|union)\b|\b(?:conservatives|liberals|socialists?|
        communists?|
        leftists?|right-wingers?|nationalists|republicans|democrats|progressives|activists)\b
        """,
    "looks": rf"""
        with (?:that|this|such an?|a) (?:waistline|face|figure|belly|body|hairstyle|haircut|beard|tattoo|
        weight|look)\b|\b(?:attractive|good-looking|handsome|beautiful|ugly|fat|obese|overweight|tall|short|
        heavy|slim|pretty|bald) {PEOPLE}\b|
        (?:their|his|her) (?:\w+ )?(?:looks|appearance|face|figure|weight|waistline|body|height|hair|
        hairstyle|tattoos?|
        piercings?|clothes|outfits?|make-?up|beard|smile|voice)\b(?! settings)|
        \b(?:she|he) (?:is|looks) (?:\w+ )?(?:pretty|beautiful|handsome|ugly|attractive|good-looking|hot|
        plain|fat|sexy)
        """,
}

_OUTRIGHT = {kind: re.compile(rf"\b{one_of(said)}", re.I) for kind, said in OUTRIGHT.items()}


def outright(words: str) -> str:
    """The trait of people that a text names outright; empty for none."""
    return next((kind for kind, pattern in _OUTRIGHT.items() if pattern.search(words)), "")
