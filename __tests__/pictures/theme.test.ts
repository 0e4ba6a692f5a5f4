import { themeCss } from "../../pictures/theme";

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours by name, light ones first. */
const [LIGHT, DARK] = themeCss("x")
  .split("--paper")
  .slice(1)
  .map((rules) => new Map(`--paper${rules}`.split(/[;}]/).map((rule) => rule.split(":", 2) as [string, string])));

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("%s", (_, colours) => {
  const of = (name: string) => colours?.get(`--${name}`) ?? "";

  it.each(["ink", "soft", "blue", "green", "orange", "purple", "red"])(
    "%s can be read on both grounds, and words in their colours on it: 4.5",
    (name) => {
      for (const ground of ["paper", "panel"]) expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it("lines can be told from the paper: 3", () => {
    expect(contrast(of("line"), of("paper"))).toBeGreaterThanOrEqual(3);
  });
});
