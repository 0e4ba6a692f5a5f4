import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { temporaryFolder } from "../support/synthesized";
import { describeWithChromium } from "./chromium";
import { DOCUMENTS } from "./documents";

const WIDTHS = [360, 768, 1600];
const SCHEMES = ["light", "dark"] as const;
/** Folder for pictures of all pages, for people to look at. */
const { SCREENSHOTS } = process.env;

/** What is in the way of somebody with a page. */
interface Fault {
  readonly what: string;
  readonly where: string;
}

describeWithChromium("in Chromium", (executablePath) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });

  afterAll(() => browser.close());

  describe.each(Object.entries(DOCUMENTS))("%s", (name, make) => {
    let url: string;

    /** Opens the page, and has `look` look at it. @returns What it says. */
    async function opened<T>(options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
      const context = await browser.newContext(options);
      try {
        const page = await context.newPage();
        await page.goto(url);
        return await look(page);
      } finally {
        await context.close();
      }
    }

    beforeAll(async () => {
      const file = path.join(temporaryFolder(), `${name}.html`);
      fs.writeFileSync(file, await make());
      url = pathToFileURL(file).href;
    });

    it("opens from a file, with no word on the console, no request but for itself, and nothing of others' run", async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const events: string[] = [];
      page.on("console", (message) => events.push(`console ${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => events.push(`error: ${error.message}`));
      page.on("request", (request) => events.push(`request: ${request.url()}`));
      await page.goto(url);
      await page.waitForLoadState("networkidle");
      expect(events).toEqual([`request: ${url}`]);
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      await context.close();
    });

    it("lets nothing out, and no script in, whatever gets into it", async () => {
      const arrived = await opened({}, async (page) => {
        const answered: string[] = [];
        page.on("requestfinished", (request) => answered.push(request.url()));
        await page.route("https://**", (route) => route.fulfill({ body: "" }));
        await page.evaluate(() => {
          const script = document.createElement("script");
          script.textContent = "window.hacked = 1";
          const image = document.createElement("img");
          image.src = "https://example.com/secret";
          document.body.append(script, image);
          return fetch("https://example.com/secret").catch(() => undefined);
        });
        return [...answered, await page.evaluate("window.hacked")];
      });
      expect(arrived).toEqual([undefined]);
    });

    it.each(SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width] as const)))(
      "is not wider than the window, and has no words outside of their boxes or over each other: %s, %d px",
      async (colorScheme, width) => {
        const faults = await opened({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
          if (SCREENSHOTS !== undefined)
            await page.screenshot({
              path: path.join(SCREENSHOTS, `${name}-${width}-${colorScheme}.png`),
              fullPage: true,
            });
          return page.evaluate(findFaults);
        });
        expect(faults).toEqual([]);
      },
    );

    it.each(SCHEMES)("has no serious fault by axe: %s", async (colorScheme) => {
      const violations = await opened({ colorScheme }, async (page) => {
        await page.evaluate(axe.source);
        const results = await page.evaluate<axe.AxeResults>("axe.run()");
        return results.violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      });
      expect(violations).toEqual([]);
    });

    it("has text that can be selected, in pictures too", async () => {
      const [selected, unselectable] = await opened({}, (page) =>
        page.evaluate(() => {
          getSelection()?.selectAllChildren(document.body);
          const texts = [...document.querySelectorAll("h1, td, svg text")];
          return [
            getSelection()?.toString() ?? "",
            texts.filter((text) => getComputedStyle(text).userSelect === "none").map((text) => text.textContent),
          ] as const;
        }),
      );
      expect(unselectable).toEqual([]);
      const title = await opened({}, (page) => page.title());
      expect(selected).toContain(title.slice(0, 20));
    });

    it("can be used by keyboard alone: to the content, along the contents, into the filter and into what scrolls", async () => {
      await opened({ viewport: { width: 360, height: 900 } }, async (page) => {
        const focused = () =>
          page.evaluate(() => document.activeElement?.getAttribute("class") ?? document.activeElement?.id);
        await page.keyboard.press("Tab");
        expect(await focused()).toBe("skip");
        await page.keyboard.press("Enter");
        expect(await page.evaluate(() => location.hash)).toBe("#main");
        const wanted = await page.evaluate(
          () =>
            [...document.querySelectorAll("nav a, #filter, .anchor, .scroll, summary")].filter((one) =>
              one.checkVisibility(),
            ).length,
        );
        const reached = new Set<string>();
        await page.reload();
        for (let presses = 0; presses < 3 * wanted; presses++) {
          await page.keyboard.press("Tab");
          const here = await page.evaluate(() => {
            const all = [...document.querySelectorAll("nav a, #filter, .anchor, .scroll, summary")];
            const { outlineStyle } = getComputedStyle(document.activeElement ?? document.body);
            return `${all.indexOf(document.activeElement ?? document.body)} ${outlineStyle}`;
          });
          if (!here.startsWith("-1")) reached.add(here);
        }
        expect(reached.size).toBe(wanted);
        // Whoever is somewhere sees where.
        expect([...reached].filter((here) => !here.endsWith("solid"))).toEqual([]);
      });
    });

    it("shows the rows with what is typed, and all again", async () => {
      await opened({}, async (page) => {
        const shown = () => page.locator("tbody tr:visible").count();
        const all = await shown();
        await page.fill("#filter", "no-such-words");
        expect(await shown()).toBe(0);
        expect(await page.textContent("#filter-result")).toMatch(/^0 of \d+ rows$/);
        const words = (await page.locator("tbody tr").first().textContent()) ?? "";
        await page.fill("#filter", words.slice(0, 12).toUpperCase());
        expect(await page.locator("tbody tr").first().isVisible()).toBe(true);
        await page.fill("#filter", "");
        expect(await shown()).toBe(all);
      });
    });

    it("is as good without scripts, but for the filter", async () => {
      await opened({ javaScriptEnabled: false }, async (page) => {
        expect(await page.locator("#filter-form").isVisible()).toBe(false);
        expect(await page.locator("h2").first().isVisible()).toBe(true);
        expect(await page.locator("svg").first().isVisible()).toBe(true);
      });
    });

    it("is printed light, and without what paper cannot do", async () => {
      await opened({ colorScheme: "dark" }, async (page) => {
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        expect(await page.locator("nav").isVisible()).toBe(false);
        expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
          "rgb(255, 255, 255)",
        );
      });
    });

    it("has links that lead somewhere", async () => {
      const lost = await opened({}, (page) =>
        page.evaluate(() =>
          [...document.querySelectorAll('a[href^="#"]')]
            .map((link) => decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""))
            .filter((id) => document.getElementById(id) === null),
        ),
      );
      expect(lost).toEqual([]);
    });
  });
});

/** Runs in the page. */
function findFaults(): Fault[] {
  const faults: Fault[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth)
    faults.push({ what: `the page is ${scrollWidth - clientWidth} px too wide`, where: "html" });
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ text, place: text.getBoundingClientRect() }));
    for (const { text, place } of texts) {
      const box = text.parentElement?.querySelector(":scope > .box")?.getBoundingClientRect() ?? frame;
      if (place.left < box.left - 1 || place.right > box.right + 1 || place.bottom > box.bottom + 1)
        faults.push({ what: "words outside of their box", where: text.textContent });
    }
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        const width = Math.min(one.place.right, other.place.right) - Math.max(one.place.left, other.place.left);
        const height = Math.min(one.place.bottom, other.place.bottom) - Math.max(one.place.top, other.place.top);
        // Lines of one box touch.
        if (width > 1 && height > 4)
          faults.push({
            what: "words over each other",
            where: `${one.text.textContent} | ${other.text.textContent}`,
          });
      }
    });
  }
  return faults;
}
