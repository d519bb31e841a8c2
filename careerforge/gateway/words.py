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
    abbot ada agile amber ambient ant apache april archer art ash aspen august aurora autumn baker ball
    banks barber baron bash basil bass bath bay bean beck bell berg best bill bird bishop black blank
    blaze bloom blue bolt bond booth bow bowman brand brave bridge bridges bright brook brooks brown buck
    bud buffalo burn burns bush butler butter camel cannon canon carpenter carter case cash castle chance
    chapel chapman charity chase chef cherry church clay clear cliff cloud coach cobb cole coley colt cook
    cool cooper core cork cotton counts court cox craft crane cross crow crystal dale dart dash data dawn
    day dean delphi dial dick diamond dolly double dove draper drew driver duke earl early east eden
    elastic elixir elm ember english eve ever falcon fair faith farmer field fields finch fish fisher fit
    flask fleet flint flow flower flowers ford forest forge forth foster fountain fox frank free freeman
    french friend frost fuller gage gale garden gardener gate gates gay gem gene gill ginger glass glen
    gold golden good goodman gore grace graham grant grave graves gray green grey grid grove guard guide
    gulp gun guy hack hale hall ham hammer hand hands hardy harbor harmony haskell hawk hay hazel head
    heather heath helm herd heritage hill hills holiday holly holt holy honey hood hook hope horn host
    house hudson hugo hull hunt hunter ice iris iron ivory ivy jack jade jasmine jasper java jenkins jest
    jet jewel job jordan joy julia julian junior just kafka keen kent key keys kind king kitchen knight
    knife knot lake lamb lance land lane lark law lead leader lean least lee lemon less level light lily
    linden link linux little lobby loft long lord lot love low lucky major manifest manor maple march mark
    marks marsh marshall mason master masters maven max may mead melody mercer mercury merit miles mill
    miller mills mint miracle misty mobile mocha model moody moon moore moral more morning moss most moody
    mustang nation nest new newman nice nick noble nook norm norman north oak oasis ocean olive oracle
    orange orlando pace page palm park parker parrot pascal pat patience patient pearl penny pepper perl
    perry phoenix pierce pike pilot piper plain plant plum polish pond poole pope porter post potter pound
    powell power powers pratt price pride prince prior prize prose prudence puppet python quick quill rail
    rails rain ranger rat ray reading reason reed reef reeves rice rich ridge ring rings river rivers rob
    robin rock rod roman root rosa rose row royal ruby rush rust sage sailor salt sand sands sandy sass
    saul savage savannah scala scout sea senior sentry shade shepherd shore short sierra silver sketch
    skinner sky small smart smith snow sol solid south sparks spark spear spring springs stack star stark
    steel stephens sterling stone storm story street strong sue summer summers swan sweet swift sydney tab
    tanner taylor teal temple terra terry thorn tiger tipper todd tours tower town travis trainer trip
    trinity true turner under unity usher van vagrant vance vault venture vera vernon victor victory viola
    violet vue wade wagner walker wall wand ward warden ware warner warren waters wave way weaver webb
    weeks wells west wheat wheeler white wild wilder will wills wind winner winter winters wise wolf wood
    woods word workman worth wren wright wynn yard york young zen academy account action active admin
    analyst architect associate audit backend bank budget business career central chart chief client code
    college company contract data database demand design developer digital director engineer enterprise
    expert finance frontend general global group grade graph growth human index industry intern
    international learning legal local machine manager market mentor metric network office open operations
    partner path people plan platform practice principal process product professional program project
    quality release remote report research review role sales school science security service skill
    software solution source staff state store strategy support system team tech test testing time tool
    training trust union university user value vision web work world
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
    ada agile ant apache april archer august bash basil camel cannon case chef cloud coach core crystal
    dart data delphi django elastic elixir ember english flask flow forge go graph grid gulp haskell
    hudson hugo iris jade jasmine java jenkins jest julia july june kafka linux manager market marshall
    maven may march mercury mobile mocha model mustang oracle pascal perl prince prose puppet python
    quality rails reading ruby rust sage salt sass scala scout sentry sketch solid spark stack swift team
    terra travis vagrant vault vue zen
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
