import { markup, type Markup } from "./markup";

/** Share of its size below which a picture is scrolled instead of made smaller: its words would be too small to read. */
const SMALLEST = 0.75;

/** Attributes of a picture of so many pixels, which becomes smaller where there is less room. */
export function svgSize(width: number, height: number): Markup {
  const least = Math.round(width * SMALLEST);
  return markup`xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="min-width:${least}px"`;
}
