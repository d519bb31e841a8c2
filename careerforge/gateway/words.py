"""Names that are also ordinary words, and words that are never names: what redaction has to be careful
with.
"""


def listed(words: str) -> frozenset[str]:
    """A set of words from a text that lists them."""
    return frozenset(words.split())


# First names, surnames and cities that English, or the trade, uses as words. Names of tools and languages
# among them.
ORDINARY = listed(
    """
    academy account action active ada admin agile amber ambient analyst ant apache april archer architect
    art ash aspen associate audit august aurora autumn backend baker ball bank banks barber baron bash
    basil bass bath bay bean bell best bill bird bishop black blank blaze bloom blue bolt bond booth bow
    brand brave bridge bridges bright brook brooks brown buck bud budget buffalo burn burns bush business
    butler butter camel cannon canon career carpenter carter case cash castle central chance chapel
    charity chart chase chef cherry chief church clay clear client cliff cloud coach code college company
    contract cook cool cooper core cork cotton counts court craft crane cross crow crystal dale dart dash
    data database dawn day dean delphi demand design developer dial diamond dick digital director dolly
    double dove draper driver duke earl early east eden elastic elixir elm ember engineer english
    enterprise eve ever expert fair faith falcon farmer field fields finance finch fish fisher fit flask
    fleet flint flow flower flowers ford forest forge forth foster fountain fox frank free freeman french
    friend frontend frost fuller gage gale garden gardener gate gates gay gem general ginger glass global
    gold golden good grace grade graham grant graph grave graves gray green grey grid group grove growth
    guard guide gulp gun guy hack hall ham hammer hand hands harbor hardy harmony haskell hawk hay hazel
    head heather helm herd heritage hill hills holiday holly holy honey hood hook hope horn host house
    hugo hull human hunt hunter ice index industry intern international iris iron ivory ivy jack jade
    jasmine jasper java jenkins jest jet jewel job joy junior just kafka keen key keys kind king kitchen
    knife knight knot lake lamb land lane lark law lead leader lean learning least lee legal lemon less
    level light lily linden link linux little lobby local loft long lord lot love low lucky machine major
    manager manifest manor maple march mark market marks marsh marshall mason master masters maven max may
    mead melody mentor mercer mercury merit metric miles mill miller mills mint miracle misty mobile mocha
    model moody moon moral more morning moss most mustang nation nest network new newman nice nick noble
    nook norm north oak oasis ocean office olive open operations oracle orange orlando pace page palm park
    parker parrot partner pascal pat path patience patient pearl penny people pepper perl phoenix pierce
    pike pilot piper plain plan plant platform plum polish pond pope porter post potter pound power powers
    practice price pride prince principal prior prize process product professional program project prose
    prudence puppet python quality quick quill rail rails rain ranger rat ray reading reason reed reef
    release remote report research review rice rich ridge ring rings river rivers rob robin rock rod role
    roman root rose row royal ruby rush rust sage sailor sales salt sand sands sandy sass saul savage
    savannah scala school science scout sea security senior sentry service shade shepherd shore short
    sierra silver sketch skill sky small smart smith snow software sol solid solution source south spark
    sparks spear spring springs stack staff star stark state steel sterling stone store storm story
    strategy street strong sue summer summers support swan sweet swift sydney system tab taylor teal team
    tech temple test testing thorn tiger time tipper todd tool tours tower town trainer training travis
    trinity trip true trust turner under union unity university user usher vagrant value van vault venture
    victor victory viola violet vision vue walker wall wand ward warden ware warren waters wave way weaver
    web weeks wells west wheat wheeler white wild wilder will wills wind winner winter winters wise wolf
    wood woods word work workman world worth wren wright yard young zen
    """
)

# Sign-in names that are words: they say what somebody does, not who it is.
ACCOUNTS = listed(
    """
    auditor boss colleague customer demo employee employees guest hiring human learner learners member mentee
    operator outsider owner payroll person personnel recruiter root specialist student sysadmin teacher
    teammate tester trainee visitor worker
    """
)

# Parts of names that say nothing alone.
PARTICLES = listed(
    """
    al ap ben bin binti da dal de del della dem den der di do dos du el ibn la las le les lo los mac mc of
    san st ten ter und van von y zu zum zur dr mr mrs ms prof sir jr sr ii iii iv phd
    """
)

# Tools, months and words of the trade among them: nearly always themselves, so only the clearest signs make
# them a person.
TRADE = listed(
    """
    ada agile ant apache april archer august bash basil camel cannon case cassandra chef cloud coach core
    crystal dart darwin data delphi django elastic elixir ember english flask flow forge gatsby go graph
    grid gulp haskell hugo iris jade jasmine jasper java jenkins jest julia july june jupyter kafka linux
    manager march market marshall maven may mercury mobile mocha model mustang oracle pascal perl prince
    prose puppet python quality rails reading ruby rust sage salt sass scala scout sentry sketch solid
    spark stack swift team travis vagrant vault vue zen
    """
)

# Before a name: whoever is addressed, asked, met, helped.
ADDRESSED = listed(
    """
    ask asked asking tell told meet met thank dear hi hello named called remind help helped helping advise
    mentor nominate
    """
)
BEFORE_PERSON = ADDRESSED | listed(
    """
    about assign before beside by because between colleague contact for from give like meeting of
    recommend than thanks that to when whether while why with without if does did can could should would
    """
)

# Before a sign-in name, which may then be written with a blank: "user emp data".
BEFORE_ACCOUNT = listed("user username account login handle konto benutzer benutzername colleague employee")

# After a name: what only people do.
AFTER_PERSON = listed(
    """
    agreed agrees asked asks believes feels felt hates hopes joined knows likes loves prefers replied
    reported says said struggled struggles suggested thinks thought told wanted wants wishes wrote
    """
)

# After an ordinary word that is a name or a city here, only such small words may follow.
SMALL = listed(
    """
    a about an and after again already also although as at because before but by during for from has have
    he her him his how if in into is it last next nor not now on or our since she so soon still than that
    the their then there they this though to today tomorrow too until was we were what when where which
    while who whose why will with without would yesterday yet you
    """
)

# Before a city; and what makes it surely one.
BEFORE_CITY = listed("around at from in leave leaving near of outside to towards via")
LIVING = listed(
    """
    based born city commute commutes commuting family flat flew home house live lived lives living move
    moved moves moving office offices relocate relocated relocates relocating resident site sites travel
    travels work works working
    """
)

TITLES = listed("Dr Mr Mrs Ms Mx Prof Professor Herr Frau Señor Señora Monsieur Madame Dott")
