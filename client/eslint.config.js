// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import js from "@eslint/js";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Imports go app → features → data, ui, format; features do not know each other. */
const features = ["fleet", "host", "door"];
const walls = [
  { target: "./src/data", from: "./src", except: ["./data"], message: "data imports nobody." },
  { target: "./src/format", from: "./src", except: ["./format"], message: "format imports nobody." },
  { target: "./src/ui", from: "./src", except: ["./ui"], message: "ui knows no domain word." },
  { target: "./src/features", from: "./src/app", message: "app joins features, not the other way round." },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: "./src/features",
    except: [`./${feature}`],
    message: "Features do not import each other.",
  })),
  {
    target: "./src/!(testing)/**/!(*.test).{ts,tsx}",
    from: "./src/testing",
    message: "src/testing is for tests only.",
  },
];
/** Tests next to the code may use the builders and fakes. */
const testWalls = walls
  .slice(0, -1)
  .map((wall) => (wall.from === "./src" ? { ...wall, except: [...wall.except, "./testing"] } : wall));

export default tseslint.config(
  { ignores: ["target/**", "dist/**", "node_modules/**", "public/**"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./tsconfig.node.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js"] })] },
    rules: {
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "import-x/no-cycle": "error",
      "import-x/no-default-export": "error",
      "import-x/no-restricted-paths": ["error", { zones: walls }],
    },
  },
  {
    files: ["src/**/*.test.{ts,tsx}", "src/testing/**"],
    rules: { "import-x/no-restricted-paths": ["error", { zones: testWalls }] },
  },
  { ...reactHooks.configs.flat.recommended, files: ["src/**/*.{ts,tsx}"] },
  { files: ["*.config.{ts,js}"], rules: { "import-x/no-default-export": "off" } },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
