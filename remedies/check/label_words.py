"""Words of amount, form and direction, as they stand on a packet or in a discharge letter. Pure.

They are no names. The check leaves them aside and says so, except for the words that only join.
"""

import re

from remedies_site.patterns import lazy_pattern

_DIRECTIONS = """
mg mgs g gs kg mcg mcgs μg ug ng iu ie ml mls l cl mmol meq microgram micrograms milligram milligrams
gram grams unit units international tablet tablets tab tabs capsule capsules cap caps caplet caplets
softgel softgels lozenge lozenges gummy gummies pill pills drop drops gtt spray sprays syrup linctus
suspension susp elixir cream gel ointment lotion injection injections inj infusion patch patches inhaler
inhalers puff puffs solution soln sol powder sachet sachets granules suppository suppositories pessary
pen pens vial ampoule syringe liquid oral orally nasal topical sublingual rectal iv im sc subcut po pr pv
sl mouth vein mr xl xr sr er cr la ec retard prolonged modified sustained extended delayed slow release
gastro gastroresistant enteric coated film dispersible effervescent soluble chewable orodispersible melt
once twice thrice one two three four five six seven eight ten half quarter whole time times daily day days
dly week weeks weekly wk month months monthly hour hours hourly hrly hr hrs h every each per alternate other
morning evening night nights noon midday teatime bedtime breakfast lunch dinner supper am pm od bd bid tds
tid qds qid prn mane nocte om on qam qpm qhs hs stat sos max maximum up daytime nightly needed need
required necessary dose doses dosage strength before after meal meals food empty full stomach glass water
plenty directed prescribed doctor dr gp pharmacist use using used take takes taking taken given inhale
apply swallow swallowed chew chewed dissolve dissolved place put inject rub via by route frequency
duration quantity qty supply supplied pack packet box bottle label rx sig disp start started starting stop
stopped stopping continue continued changed new old reduced increased ongoing regular current currently
long term short last since until finished course complete repeat total allergies nkda kept out reach
children date name medication medications medicine medicines meds drug drugs discharge admission list
generic brand prescription teva sandoz mylan accord zentiva ratiopharm hexal stada actavis biogaran zydus
aurobindo lupin viatris apotex
"""
_JOINING = """
and with plus or x the a an of for my i in at as to from also am have has been be is are was it its this
these them do not no if when this your you me some any please etc
"""
JOINING_WORDS = frozenset(_JOINING.split())
"""Words between names, which say nothing themselves."""
DIRECTION_WORDS = frozenset(_DIRECTIONS.split()) | JOINING_WORDS
"""Words that are no names, unless a name contains them."""
FORM_WORDS = frozenset(
    [
        "pill",
        "pills",
        "inhaler",
        "inhalers",
        "injection",
        "injections",
        "cream",
        "spray",
        "syrup",
        "drops",
        "patch",
        "patches",
        "gel",
        "powder",
        "pen",
        "suppository",
        "ointment",
        "lotion",
    ]
)
"""Words that people use alone for a medicine without saying which: `my inhaler`."""
_OTHER_THAN_FORMS = frozenset(
    ["one", "two", "three", "four", "five", "six", "once", "twice", "thrice", "half", "x"]
)
_SALTS = """
sodium disodium potassium magnesium calcium zinc hydrochloride hcl dihydrochloride hydrobromide hydrobromid
sulfate sulphate maleate besilate besylate mesilate mesylate hyclate monohydrate dihydrate trihydrate
hydrate anhydrous tartrate bitartrate succinate fumarate hemifumarate phosphate acetate propionate
dipropionate furoate valerate erbumine arginine medoxomil cilexetil etexilate citrate bromide nitrate lactate
pivoxil enanthate decanoate axetil picolinate malate trometamol tosilate tosylate
"""
SALTS = frozenset(_SALTS.split()) - {"magnesium", "calcium", "zinc"}
"""Second parts of a medicine's name, where they are no names of their own."""
SECOND_MEDICINE_WORDS = frozenset(["plus"])
"""Words that say behind a brand that it holds a second medicine: `Nurofen Plus`."""

_UNIT = (
    r"(?:mgs?|gs?|kg|mcgs?|micrograms?|milligrams?|grams?|μg|ug|ng|iu|ie|units?|mls?|cl|l|mmol|meq|%|x|h|"
    r"hrs?|hourly|hrly|tabs?|tablets?|caps?|capsules?|puffs?|drops?|pills?|patch(?:es)?|days?|wks?|weeks?|"
    r"months?|times|st|nd|rd|th|am|pm)"
)
_NUMBER = r"\d[\d.,'/\u2044x×*]*"
_AMOUNT = lazy_pattern(rf"[x×*+~<>≤≥]?{_NUMBER}{_UNIT}?(?:-{_NUMBER}{_UNIT}?)*(?:-{_UNIT})?|%")


def is_amount(word: str) -> bool:
    """Whether a folded word is a number, alone, as a range, or with its unit: `5mg`, `1-2`, `½`."""
    return bool(_AMOUNT.fullmatch(word))


def is_direction(word: str) -> bool:
    """Whether a folded word is one of amount, form or direction, also as `b.d.`, `m/r`, `once-daily`."""
    if is_amount(word) or re.sub(r"[./-]", "", word) in DIRECTION_WORDS:
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(part in DIRECTION_WORDS or is_amount(part) for part in parts)


def is_form_without_amount(words: list[str]) -> bool:
    """Whether words of direction say the form of a medicine and not how much: `my inhaler`."""
    return any(word in FORM_WORDS for word in words) and not any(
        is_amount(word) or word in _OTHER_THAN_FORMS for word in words
    )
