"""What stands for a protected trait without its name, and may stand for something else. Pure.

Alone it says nothing: it counts only where somebody is judged at work by it, and then a person looks at it.
"""

import re

from careerforge.assistant.policy.asking import one_of
from careerforge.assistant.policy.traits import THING

# What stands for a trait, and may stand for something else.
STANDING_FOR = {
    "age": """
        years on the clock|around for decades|next generation|make (?:room|way) for (?:the |some)|
        so late\\b|too late in (?:life|their)|(?:still )?an? kid\\b|the kids on|school ?(?:boy|girl)|
        autumn of|sunset of|had their time|up-and-coming|veterans\\b|fresh faces?|youthful|mainframes|
        on paper\\b|\\bfax|memory is not|seniors['’] discount|not what (?:it|they) used|certain vintage|
        hand in their badge|inexperienced in the face|much longer\\b|not getting younger|years? to go\\b|
        last chance|born too|when the wall|overqualified|other people their|long in the tooth|prime of|
        too green|hair is|
        stage (?:of|in) (?:their |his |her |one['’]s )?(?:life|career)|point in (?:their |his |her )?life|
        working (?:years|life) left|
        (?:career|years) (?:still )?(?:ahead|left|behind)|birthdays|too many winters|gr[ea]y(?:ing)? hairs?|
        \\bgrand(?:children|kids|parents?|pa|ma|sons?|daughters?)|
        (?:their|that|this|another|a different|your) (?:whole )?generation|(?:gr[eo]w|grown|
        growing) up (?:with(?:out)?|before|in)|punch cards|
        floppy|past (?:their|his|her|the) (?:peak|prime|best|sell)|wet behind|baby fat|fresh (?:out of|
        from) (?:school|college|university)|
        (?:graduated|born|started|joined|studied) (?:\\w+ )?(?:in|before|during|back in) the (?:\\w+ies|
        \\d0s|last century)|\\bborn (?:before|after|in the)|
        set in (?:their|his|her) ways|old[- ]timers?|(?:young|fresh|new) blood|dinosaurs?|over the hill|
        \\bpensions?\\b|retire(?:d|ment)?\\b|months until|counts? the (?:months|days)|
        recent graduates|rookie energy|not getting any younger|long (?:career|life) ahead|slow(?:ed|
        ing)? down (?:with|over) (?:the )?(?:years|time)|
        (?:be|are|is) (?:gone|out|with us)\\b.{0,30}\\b(?:soon|before|much longer|anyway)|last (?:years|lap|
        stretch) (?:of|before)|\\bold school\\b|vintage
    """,
    "sex": """
        gentleman|secretary|muscle|one of their own|rooster|hen house|comes naturally|by nature|too (?:soft|
        nice|shrill|bossy|gentle)|nurturing|bloke|handshake|skirt|of (?:her|his|their) kind|
        time of the month|flustered|lads?\\b|gentler|ladylike|cat ?fight|hormones?|mother hen|
        \\bhe or she\\b|female|male\\b|
        soften the tone|caring role|(?:deep|high|shrill) voice|too (?:emotional|bossy|shrill|hysterical|
        soft|assertive) |one of the boys|boys['’] club|
        maternal|pretty face|eye candy|smile more|natural (?:carer|nurturer)|tough enough for a|mansplain|
        skirts?\\b|\\bheels\\b|thick skin of a
    """,
    "family": """
        \\bprams?\\b|stork|better half|the kids|kids?\\b|household|hands full|newborn|\\bbab(?:y|ies)\\b|
        children\\b|an? child\\b|at home|housework|parental duties|parents? (?:who|should|are|cannot|will)|
        unattached|(?:husband|wife|partner|boyfriend|girlfriend|fiancé) (?:earns|works|lives|will|may|might|
        is)|
        toddlers?|little ones|nursery|kindergarten|school (?:run|pick-?up)|daycare|child-?care|twins|
        triplets|offspring|newborns?|\\binfants?\\b|
        \\b(?:start|have|raise|raising|starting) (?:an? )?famil(?:y|ies)|got (?:engaged|married)|engaged|
        marriage|wedding|newlyweds?|spouse|breadwinner|
        dependants|(?:waiting|somebody|nobody) at home|\\bat home\\b|partner to support|car(?:e|es|ed|
        ing) for (?:an? |the |their |his |her )?(?:\\w+ )?(?:parents?|mother|father|relatives?|child|
        children|famil|grand|partner|spouse|wife|husband|mum|dad|brother|sister)|
        elderly (?:parents?|mother|father)|after the birth|gave birth|home duties|household|bedtime|
        homework with|custody|divorce|
        family (?:reasons|commitments?|obligations?|duties|person|man|life|plans|first)|honeymoon|
        fianc[ée]+|stay-at-home|nest
    """,
    "pregnancy": """
        expecting|away for a year|bump|baby|babies|biological clock|career break|\\bmorning sickness|
        trimester|nappies|maternity|stork|
        (?:want|plan|wish|hop)\\w* (?:for )?(?:children|kids)|come back from leave|back from leave
    """,
    "origin": """
        (?:roots|names?|faces?|people|families|looks|a past) like (?:that|theirs|them|his|hers)|
        kind of names|homeland|by boat|dialect|(?:sounds?|looks?) (?:too )?(?:foreign|exotic|different)|
        over there|not from (?:here|around)|someone local|somebody local|of that (?:origin|descent)|
        their (?:own )?background|humour|passport|countrym[ae]n|obedience|grew up\\b|in that country|
        their papers|hierarch|tribal|mother country|integrat(?:e|ed) (?:into|here|well)|our customs|
        native (?:land|tongue)|customers? from home|wealthy|poor (?:home|family)|never had money|
        good family|council estate|in care\\b|farmers|humble origins?|blue-collar|
        accent|surname|last name|(?:their|his|her) (?:first |last |very )?name\\b(?! is (?:not|left))|
        name alone|born (?:here|there|abroad|outside|on the)|
        where (?:they|he|she) (?:comes?|came|is|are) from|part of the world|that (?:region|country|
        continent)\\b.{0,20}\\b(?:people|workers)|
        (?:their|his|her|that|such an?|a different|another) cultures?\\b|culturally|own (?:kind|background|
        culture)|visa|work permit|residence|mother tongue|
        (?:eastern|western|southern|northern|mediterranean|latin|nordic|slavic|balkan|african|asian|
        oriental|south) (?:\\w+ )?(?:europeans?|colleagues|people|temperament|mentality)|
        mentality|temperament|from the village|the village|back home|wrong side of|(?:first|
        second)[- ]generation|their roots|background of|
        family of (?:factory|workers|farm|migrants)|\\bghetto|housing estate|working[- ]class|
        from the (?:east|west|south|north|countryside|provinces)|not from here|broken english
    """,
    "religion": """
        mecca|rosary|\\bpork\\b|\\bcreed|\\beid\\b|their beliefs?|believers?\\b|devout|\\btemple|(?:not|
        do) celebrate|christmas with|covers? (?:her|their|his) (?:hair|head)|pious|spiritual|holy|prophet|
        altar|monk|nun\\b|commandment|conver(?:t|ted) to|
        \\bpray(?:s|ing|ers?)?\\b|\\bfast(?:s|ing)? (?:for|during|in)|fasting|head-?scar(?:f|ves)|hijab|
        turban|kippah?|yarmulke|burqa|wears? a cross|sabbath|shabbat|
        ramadan|mosque|synagogue|church|kosher|halal|holy (?:day|book|month)|sermon|bible|quran|koran|torah|
        \\bfaith\\b|worship|cult\\b|\\bgod\\b|pilgrimage|religious
    """,
    "health": """
        inhaler|\\bnaps?\\b|the clinic|nervous|nerves\\b|collapse|lip-?read|hands shake|their condition|
        (?:since|after|for|during) (?:the |their |his |her )?treatment|tired (?:quickly|easily|soon)|
        needs? a ramp|hear (?:well|badly|voices)|barely see|absences|antidepress|\\bcane\\b|accident|
        \\btics?\\b|a heart like|weak heart|frail|fragile|healthy enough|not (?:fit|strong) enough|fitness|
        \\bpains?\\b|allerg|blood pressure|infection|contagious|hospital|handicap|suffers? from|(?:is|are|
        be|often|fell|being|were|was) (?:so |too |very |often )?(?:ill|sick)\\b(?! (?:or|cluster))|
        \\bsleep(?:s|ing)? badly|voice(?:s)? in|sensory|meltdown|one (?:arm|leg|eye|hand)|
        off sick|sick (?:days|leave|notes?)|sickness|surgery|wheelchair|crutches|walking stick|stutter|
        stammer|hearing aids?|pills|medication|
        medicines\\b|breakdown|on the spectrum|therap(?:y|ist)|psychiatr|psychologist|counsell?(?:ing|or)|
        glasses|smok(?:es?|ers?|ing)|back (?:trouble|pain|problems?)|
        bad back|knees|heart (?:attack|condition|trouble)|long covid|covid|chronic(?:ally)? (?:ill|pain|
        condition|disease)|rehab\\b|in (?:a clinic|hospital)|hospital (?:stay|appointment)|insulin|
        migraines?|seizures?|a stroke\\b|limps?\\b|tremor|panic attacks?|
        drink(?:s|ing)? (?:too much|problem)|alcohol|addict|sober|recover(?:y|ing|
        ed) from (?:an? |the |their |his |her )?(?:illness|operation|surgery|accident|burn-?out|cancer)|
        dialysis|transplant|chemo|prosthe|(?:poor|bad|weak) eyesight|their eyesight|hard of hearing|
        sign language|
        medical (?:history|condition|leave|appointment|reason)|(?:see|sees|their|his|her) doctor|(?:was|
        were|been|their|his|her) diagnos|immune system|disabled (?!the|flag|by|in)|disabilit|impaired|
        impairments?\\b|special needs|guide dog|white cane|eating disorder|illness|depressed|
        depression\\b(?! of)|(?:with|has|have|their|his|her) (?:autism|anxiety)|adhd|autistic|traumati[sz]ed
    """,
    "orientation": """
        same-sex|hold(?:s|ing)? hands|nail polish|used to be (?:a |an |called|known as)|way of walking|
        two (?:men|women|dads|mums|mothers|fathers)|the transition\\b.{0,20}they|since the transition|
        his (?:male )?partner|her (?:female )?partner|prefers (?:men|women)|both (?:men|women)|
        raise eyebrows|
        live[sd]? with another (?:man|woman)|(?:her|another) girlfriend|(?:his|another) boyfriend|
        (?:her) wife|(?:his) husband|same-sex|flamboyant|
        came out|come out as|coming out|pronouns|closet|\\bpride\\b|transition(?:ed|ing)? (?:last|to a|as)|
        lifestyle|sexual|drag|rainbow
    """,
    "politics": """
        rally|party book|steward|staff council|employee representation|campaign(?:ed|s) (?:for|against)|
        opposition|marched|party friends|pamphlets|petition|manifesto|collective bargaining|labour rights|
        criminal\\b|convict|
        works council|went on strike|on strike|strikers?\\b|walk-?outs?|\\bvot(?:es?|ed|ing) (?:for|left|
        right|green)|leaflets|protest(?:s|ed|ing|ers?)\\b|demonstrators?|
        picket|card-carrying|activist|the cause|shop steward|organis(?:es?|ed|ers?|
        ing) (?:the |a )?(?:union|workers|colleagues|walk)|labour movement|
        political|campaigns? for|march(?:es|ed) for|doing time|criminal record|prison|radical|populist|
        left-wing|right-wing|the (?:left|greens)\\b
    """,
    "looks": """
        face like|kilos|redhead|freckles|slim(?:mer)?\\b|too (?:small|tall|fat|thin|heavy|plain|ugly|
        short) to|photogenic|presentable|well-groomed|unkempt|shabby|wrinkles|pimples|acne|grooming|
        a body like|on camera|
        waistline|look the part|\\b(?:that|too|so) (?:heavy|fat|thin|tall|short|big|
        small)\\b.{0,30}\\b(?:keep|team|lead|role|client|pace)|tattoos?|piercings?|
        short people|tall people|clothes|dressed|dress(?:es)? (?:too|like|so)|make-?up|good looks|
        pretty enough|handsome enough|body odou?r|smells?|teeth|\\bskin\\b|scars?|beard|bald|
        overweight|obese|kilos|pounds|diet\\b|plain to|ugly|unattractive|hairstyle|dreadlocks|cornrows|afro\\b
    """,
}
# "The nursery app", "the hospital stay calendar": then it is a thing's name.
_NAMES_A_THING = rf"(?!\w*['’]?s?[ -](?:[\w'’]+ )?{THING}\b)"
_STANDING_FOR = {
    kind: re.compile(rf"\b{one_of(said)}{_NAMES_A_THING}", re.I) for kind, said in STANDING_FOR.items()
}


def hinted(words: str) -> str:
    """The trait that something in the text may stand for; empty for none."""
    return next((kind for kind, pattern in _STANDING_FOR.items() if pattern.search(words)), "")
