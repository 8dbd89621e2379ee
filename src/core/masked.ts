/** From a scheme to the last at sign before a blank or a quote; only up to the path where that may hold one. */
const OF_URL =
  /\b([a-z][a-z0-9+.-]{0,20}):\/\/(?:(?<=\b(?:s3|file):\/\/)[^\s"'<>/]{0,1000}|(?<!\b(?:s3|file):\/\/)[^\s"'<>]{0,1000})@/gi;

/** A text in which no URL shows who may use it: `http://user:password@host` reads `http://…@host`. */
export const masked = (text: string): string => text.replace(OF_URL, "$1://…@");

/** The same for a setting that should be one address, or several with commas between, with or without a scheme. */
export const maskedSetting = (text: string): string =>
  masked(text).replace(/(^|,)(?![a-z][a-z0-9+.-]*:\/\/)[^,]*@/gi, "$1…@");
