/**
 * Short names where the time zone database and the runtime's locales differ: zones, then name by seconds from UTC.
 * No name stands for the offset itself.
 */
const DIFFERENT: readonly (readonly [zones: string, names: Readonly<Record<number, string>>])[] = [
  ["America/Adak America/Atka US/Aleutian", { [-36000]: "HST", [-32400]: "HDT" }],
  [
    "America/Dawson America/Hermosillo America/Mazatlan America/Whitehorse Canada/Yukon Mexico/BajaSur",
    { [-25200]: "MST" },
  ],
  ["America/Havana Cuba", { [-18000]: "CST", [-14400]: "CDT" }],
  ["America/St_Johns Canada/Newfoundland", { [-12600]: "NST", [-9000]: "NDT" }],
  [
    "Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai Asia/Taipei PRC ROC",
    { 28800: "CST" },
  ],
  ["Africa/Casablanca Africa/El_Aaiun", { 0: "", 3600: "" }],
  ["Antarctica/Casey", { 28800: "" }],
  ["Antarctica/Troll", { 0: "", 7200: "" }],
  ["Asia/Colombo", { 19800: "" }],
  ["Asia/Dubai Asia/Muscat", { 14400: "" }],
  ["Asia/Hong_Kong Hongkong", { 28800: "HKT" }],
  ["Asia/Jakarta Asia/Pontianak", { 25200: "WIB" }],
  ["Asia/Jayapura", { 32400: "WIT" }],
  ["Asia/Jerusalem Asia/Tel_Aviv Israel", { 7200: "IST", 10800: "IDT" }],
  ["Asia/Karachi", { 18000: "PKT" }],
  ["Asia/Makassar Asia/Ujung_Pandang", { 28800: "WITA" }],
  ["Asia/Manila", { 28800: "PST" }],
  ["Asia/Pyongyang Asia/Seoul ROK", { 32400: "KST" }],
  ["Asia/Tokyo Japan", { 32400: "JST" }],
  ["Australia/Eucla", { 31500: "" }],
  ["Australia/LHI Australia/Lord_Howe", { 37800: "", 39600: "" }],
  ["Eire Europe/Dublin", { 3600: "IST" }],
  ["Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich", { 0: "GMT" }],
  ["Europe/Guernsey Europe/Isle_of_Man Europe/Jersey", { 3600: "BST" }],
  ["Europe/Kirov Europe/Moscow Europe/Simferopol Europe/Volgograd W-SU", { 10800: "MSK", 14400: "MSD" }],
  ["MET", { 3600: "MET", 7200: "MEST" }],
  ["Pacific/Guam Pacific/Saipan", { 36000: "ChST" }],
  ["Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa", { [-39600]: "SST" }],
];
const BY_ZONE = new Map(DIFFERENT.flatMap(([zones, names]) => zones.split(" ").map((zone) => [zone, names] as const)));

/** The short name of a zone at an offset, where this table has one. */
export const namedAt = (zone: string, seconds: number): string | undefined => BY_ZONE.get(zone)?.[seconds];
