import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Imports whose path matches are errors. */
const never = (files, regex, message, ignores = []) => ({
  files,
  ignores,
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex, message }] }] },
});

/** Paths are relative, so the folder of the project is named by as many "../" as the importing file lies deep. */
const onlyByItsDoor = [0, 1, 2, 3, 4].map((depth) =>
  never(
    [`${"*/".repeat(depth)}*.ts`],
    `^${depth === 0 ? "\\./" : "\\.\\./".repeat(depth)}rehearsal/.`,
    "The rehearsal's one door is rehearsal/index.ts.",
    ["rehearsal/**", "__tests__/rehearsal/**"],
  ),
);

const downwards = "Lower rooms do not know the application: see rehearsal/README.md.";

export default tseslint.config(
  { ignores: ["cdktf.out/", "coverage/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.{js,cjs}"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { process: "readonly", __dirname: "readonly", __filename: "readonly" },
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Constructs are created for their effect on the tree.
      "no-new": "off",
    },
  },
  ...onlyByItsDoor,
  never(["preview/**"], "(^|/)rehearsal(/|$)", "A preview shows what is real: nothing of the rehearsal."),
  never(["bindings/**", "diagnosis/**"], "^\\.\\./", downwards),
  never(["rehearsal/sdk/*"], "^\\.\\./(?!\\.\\./bindings$)", downwards),
  never(["rehearsal/plugin/*"], "^\\.\\./(?!\\.\\./bindings$|sdk(/|$))", downwards),
  never(["rehearsal/clouds/*"], "^\\.\\./(?!sdk(/|$)|\\.\\./diagnosis(/|$))", downwards),
  never(["rehearsal/clouds/*/*"], "^\\.\\./\\.\\./(?!sdk(/|$)|\\.\\./diagnosis(/|$))", downwards),
  never(["rehearsal/providers/*"], "^\\.\\./(?!(sdk|clouds)(/|$))", downwards),
  never(
    ["rehearsal/providers/*/*"],
    "^\\.\\./\\.\\./(?!(sdk|clouds)(/|$)|\\.\\./(bindings|diagnosis/image-name)$)",
    downwards,
  ),
);
