import { markup, trusted } from "../../pictures/markup";

it("takes what is put in as text, in content and in attributes", () => {
  const hostile = `<b title="x">'&amp;`;
  expect(markup`<p title="${hostile}">${hostile}</p>`.text).toBe(
    `<p title="&lt;b title=&quot;x&quot;&gt;&#39;&amp;amp;">&lt;b title=&quot;x&quot;&gt;&#39;&amp;amp;</p>`,
  );
});

it("takes markup as it is, joins lists, writes numbers, and nothing of what is undefined", () => {
  expect(markup`<ul>${[1, 2].map((n) => markup`<li>${n}</li>`)}${undefined}${trusted("<hr>")}</ul>`.text).toBe(
    "<ul><li>1</li><li>2</li><hr></ul>",
  );
});

it("replaces what no document may hold", () => {
  expect(markup`${"a\u0000b\u0008c\u009Fd\uD800e\uFFFEf\u{1F600}g\th"}`.text).toBe(
    "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\u{1F600}g\th",
  );
});
