import { countryName, languageName } from "./format";

/** ISO 3166-1 alpha-2 and ISO 639-1, so that people choose names and the server gets codes. */
const COUNTRIES = "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW".split(" ");
const LANGUAGES = "aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split(" ");

export interface CodeBook {
  names: () => readonly string[];
  toName: (code: string) => string;
  /** What is no known name stays as typed, and the server says whether it accepts it. */
  toCode: (name: string) => string;
}

function codeBook(codes: readonly string[], nameOf: (code: string) => string): CodeBook {
  let byName: Map<string, string> | null = null;
  const map = (): Map<string, string> => (byName ??= new Map(codes.map((code) => [nameOf(code), code])));
  return {
    names: () => [...map().keys()],
    toName: nameOf,
    toCode: (name) => map().get(name) ?? [...map()].find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? name,
  };
}

export const countries = codeBook(COUNTRIES, countryName);
export const languages = codeBook(LANGUAGES, languageName);
