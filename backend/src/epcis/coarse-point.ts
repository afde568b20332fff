const latitude = String.raw`-?(?:90|[1-8]?\d)(?:\.\d)?`;
const longitude = String.raw`-?(?:180|1[0-7]\d|[1-9]?\d)(?:\.\d)?`;

/** A point in tenths of a degree, some ten kilometres: what is finer could be somebody's house. */
export const pointPattern = new RegExp(`^${latitude},${longitude}$`);
export const pointRule =
  "must be latitude and longitude in degrees with one digit after the point, and not finer";
