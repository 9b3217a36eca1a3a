"""The words that the offline rules know: titles of office, what modifies them, and what is no name.

A word stands in one list for one reason; the lists are data, the rules are in the rooms that use them.
"""

from __future__ import annotations

from functools import cache
from typing import Final


@cache
def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


# The noun that carries a title. What it is worth (`offices.role_of`) is decided on the whole title.
HEADS: Final = words("""
    president premier minister secretary chancellor ambassador envoy emissary spokesman spokeswoman spokesperson
    leader chairman chairwoman chairperson chair director governor senator congressman congresswoman lawmaker
    legislator parliamentarian mp mep speaker general admiral colonel brigadier marshal commander commissioner
    counsellor councillor counselor adviser advisor ruler monarch emperor empress king queen sultan emir sheikh
    prince princess duke duchess pope pontiff patriarch archbishop cardinal bishop ayatollah judge justice
    prosecutor representative taoiseach consul undersecretary chief head mayor vice-president vice-premier
    secretary-general director-general attorney-general governor-general president-elect prime-minister deputy
    diplomat negotiator coordinator co-ordinator rapporteur delegate vice-minister vice-chairman ministers
    presidents leaders general-secretary politician statesman counterpart counterparts colleague chargé charge
    under-secretary under-secretary-general
    tánaiste dictator strongman prelate imam lama first-lady major lieutenant captain administrator treasurer
    minister-president predecessor successor member burgomaster guest visitor pm fm commissar chief-of-staff
    inspector magistrate deputy-premier mediator councilor peer homologue ambassador-at-large then-president
    senators ambassadors premiers chancellors governors lawmakers congressmen
    then-premier then-chancellor ex-president ex-premier ex-minister ex-chancellor ex-king ex-governor ex-ambassador
    lieutenant-general major-general brigadier-general lieutenant-colonel rear-admiral vice-admiral dpm assistant aide
    """)
# May stand before the head and belongs to the title.
MODIFIERS: Final = words("""
    prime foreign defence defense deputy vice first second acting interim caretaker former then ex late outgoing
    incoming newly-elected newly-appointed re-elected visiting senior top chief special presidential government
    governmental state ministry ministerial party opposition military trade finance interior economy economic energy
    home external internal affairs health justice education culture tourism agriculture agricultural transport
    industry commerce labour labor environment planning development cooperation information oil petroleum mining
    security national assistant permanent resident regional provincial federal parliamentary parliament
    congressional senate house majority minority supreme spiritual religious royal crown grand ruling communist
    socialist democratic republican conservative liberal social general high attorney central bank army navy naval
    air force police political cabinet union un u.n eu european african arab commission council chinese-born
    long-serving longtime veteran titular exiled deposed ousted self-proclaimed elected designate de facto
    right-wing left-wing under opposite policy rebel guerrilla militia separatist junior joint chancellor's president's
    minister's king's queen's roving personal peace climate nuclear water maritime fisheries sports youth women science
    alternate technology digital public works housing budget treasury revenue customs immigration lands mines power
    railways aviation civil communications telecommunications department press managing administrative executive
    judicial
    """)
DETERMINERS: Final = words(
    "the a an his her its their this that another some both every each no two three four several"
)
HONORIFICS: Final = words("""
    mr mrs ms miss begum dr sir dame lord lady madam madame mme monsieur m sheikh sheikha shaikh prof professor rev hon
    gen lt col maj brig adm capt sgt cmdr sen rep gov amb h.e he hm hrh alhaji chief pres comrade datuk datu tan sri
    lt.-gen lt.-general lt-general maj.-gen maj-gen brig.-gen lt.-col
    yb yab hj haji datin cde senhor señor senor herr frau signor signora senhora doctor obong eze oba nana hajia
    dato seri tun don doña dom engr barrister eng imam ayatollah mullah msgr fr excellency honourable honorable rt
    retd rtd lt-gen maj-gen brig-gen lt-col mdm sens reps shri smt ato advocate alhaj berhormat
    """)
MALE: Final = words(
    "mr sir lord king prince sultan emir spokesman chairman congressman sheikh emperor duke monsieur alhaji pope "
    "archbishop herr señor senor senhor signor shri"
)
PREPOSITIONS: Final = words(
    "of with by from to for between at in on against about over into than like under through toward towards beside "
    "alongside via among behind including"
)
FEMALE: Final = words(
    "mrs ms miss dame lady begum queen princess madam madame mme spokeswoman chairwoman congresswoman sheikha empress "
    "duchess frau signora senhora smt datin doña hajia mdm"
)
PARTICLES: Final = words(
    "de da do dos das del della di du la le las los van von der den ter bin ibn bint al el ben y e zu ul ud ur af dela "
    "wa binte binti ibni arap"
)
SUFFIXES: Final = words("jr sr ii iii iv junior senior")

# Capitalised words that are no part of a person's name.
NOT_NAMES: Final = words("""
    had has have was were is are did does will would may might can could should must let whether once until upon
    unlike like among between because both neither either every each another instead thus hence perhaps maybe soon
    the a an in on at to of for by from with and but or as if when while after before since during under over about
    his her its their he she it they we i you this that these those there here what who which why how where not no
    yes all both each many most some several other another such one two three four five six seven eight nine ten
    monday tuesday wednesday thursday friday saturday sunday may_month jan feb mar apr jun jul aug sept sep oct nov
    dec january february march april june july august september october november december today yesterday tomorrow
    tonight meanwhile however earlier later also now then still yet only even just asked according following despite
    although though because although meanwhile moreover speaking talks negotiations officials analysts diplomats
    sources reporters police troops government ministry department office parliament senate congress assembly
    council committee commission party union bank court army navy airport palace summit forum conference treaty
    agreement accord pact republic kingdom state states nations organization organisation association agency group
    company corporation university institute college school church hospital hotel street square avenue road river
    sea ocean lake mountain island islands province region district city town village world international national
    central northern southern eastern western north south east west news times post herald tribune daily journal
    radio television tv press media reuters reuter upi pti irna mena kcna yonhap kyodo dpa efe ansa antara bernama
    itar-tass interfax novosti isna sana kuna tanjug agerpres cnn bbc afp ap tass xinhua photo
    image images read more related advertisement
    updated published live breaking exclusive opinion editorial source christmas easter ramadan eid new war peace
    security european african asian american latin middle pacific atlantic basin asia africa europe america americas
    gulf caribbean balkans islamic muslim christian jewish democratic communist socialist labour labor conservative
    liberal republican people front movement congress league authority economic community trade development defence
    defense foreign prime confederation federation secretariat directorate inspectorate
    """)
NO_OFFICE: Final = words("""
    journalist reporter correspondent analyst expert professor lecturer researcher academic economist historian
    author writer editor columnist coach footballer player captain singer actor actress businessman businesswoman
    banker entrepreneur investor lawyer activist campaigner student farmer doctor engineer resident witness
    photographer critic pilot driver teacher trader shopkeeper fellow scholar scientist observer broadcaster
    """)
# A head of these bodies holds no public office.
PRIVATE_BODIES: Final = words(
    "company corporation group club federation university college institute association bank chamber studios airlines "
    "manufacturers newspaper firm foundation museum fc football trust society orchestra "
    "union-tribune inc ltd plc think-tank"
)

INTERNATIONAL: Final = words(
    "un u.n eu nato au ecowas asean imf who opec oas osce icc apec g7 g20 brics unesco unicef unhcr iaea wto oecd cis "
    "csto sco saarc caricom mercosur interpol sadc igad gcc comesa oic"
)
# They lead a movement or a party, and no state.
MOVEMENTS: Final = words(
    "plo fatah hamas hezbollah hizbollah hizbullah polisario anc swapo unita fretilin frelimo zanu zapu mpla fln "
    "gam ltte farc eta ira taliban houthi"
)
INTERNATIONAL_PHRASES: Final = (
    "united nations", "european union", "european commission", "european council", "european parliament",
    "african union", "arab league", "world bank", "world health", "international monetary", "security council",
    "general assembly", "commonwealth secretar", "organization of american", "organisation of african",
    "organization of african", "atomic energy agency", "red cross", "pacific islands forum", "gulf cooperation council",
    "council of europe", "world food", "food programme", "development programme", "refugee agency",
    "islamic conference", "islamic cooperation", "non-aligned", "francophonie", "african development",
    "east african community", "asian development", "international criminal", "children's fund", "shanghai cooperation",
    "world trade", "north atlantic", "league of arab",
)  # fmt: skip
