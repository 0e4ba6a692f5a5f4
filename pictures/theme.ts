/**
 * Colours, for light and dark. Hues are those of Okabe and Ito, which the colour-blind tell apart (https://jfly.uni-koeln.de/color/);
 * texts have a contrast of at least 4.5 on their grounds, lines and bars of at least 3. No meaning has a colour alone.
 */
const LIGHT = {
  paper: "#ffffff",
  panel: "#f6f8fa",
  ink: "#1b1f24",
  soft: "#57606a",
  line: "#8c959f",
  blue: "#0072b2",
  orange: "#b35900",
  green: "#007a58",
  purple: "#a3497d",
  red: "#b3261e",
};

const DARK: typeof LIGHT = {
  paper: "#14181d",
  panel: "#1d232a",
  ink: "#e8ecf1",
  soft: "#aab4bf",
  line: "#75808c",
  blue: "#56b4e9",
  orange: "#e69f00",
  green: "#2fbf93",
  purple: "#d98bb5",
  red: "#ff8a80",
};

/** Fonts that nobody has to fetch. */
export const FONTS = 'Arial, "Liberation Sans", "DejaVu Sans", sans-serif';

/** @param root Selector of what has the colours as variables: `--paper`, `--ink` and so on. */
export function themeCss(root: string): string {
  return `${root}{color-scheme:light dark;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){${root}{${variables(DARK)}}}
@media print{${root}{${variables(LIGHT)}}}`;
}

function variables(colours: typeof LIGHT): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}
