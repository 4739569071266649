import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Floors of the web house, lowest first; a floor may import what lies below it. */
const floors = [["api"], ["lib"], ["ui"], ["areas"], ["routes"], ["app"]];
const areas = ["accounts", "spaces", "catalog", "library", "exchange", "search", "activity", "audit", "house", "live", "notifications", "watch"];

function above(index) {
  return floors.slice(index + 1).flat().map((floor) => ({
    group: [`@/${floor}`, `@/${floor}/**`],
    message: "Imports go down only: app > routes > areas > ui > lib > api.",
  }));
}

const outward = { group: ["../../**"], message: "Use @/ for what lies outside this folder." };

const floorRules = floors.flatMap(([floor], index) => ({
  files: [`src/${floor}/**/*.{ts,tsx}`],
  rules: { "no-restricted-imports": ["error", { patterns: [...above(index), outward] }] },
}));

const areaRules = areas.map((area) => ({
  files: [`src/areas/${area}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": ["error", {
      patterns: [
        ...above(3),
        outward,
        {
          group: areas.filter((other) => other !== area).map((other) => `@/areas/${other}/**`),
          message: "Areas do not import each other; a route puts them together.",
        },
      ],
    }],
  },
}));

export default tseslint.config(
  { ignores: ["dist", "src/api", "node_modules", "test-results", "playwright-report"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", 250],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // The router throws redirects; they are no errors.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
  { files: ["src/**/*.{ts,tsx}"], ...hooks.configs.flat["recommended-latest"] },
  ...floorRules,
  ...areaRules,
  { files: ["scripts/**", "public/**"], languageOptions: { globals: { console: "readonly", process: "readonly", document: "readonly", matchMedia: "readonly", localStorage: "readonly", window: "readonly", URL: "readonly" } } },
);
