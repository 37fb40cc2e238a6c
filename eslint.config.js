import { configApp } from '@adonisjs/eslint-config'

const SOURCES = ['app/**/*.ts', 'plugins/**/*.ts', 'providers/**/*.ts']
const TESTS = ['tests/**/*.ts', 'plugins/*/tests/**/*.ts']

/** Globals of a browser: the types know them for the sake of the browser tests, and a forgotten variable would be one. */
const BROWSER_ONLY = [
  'document',
  'event',
  'find',
  'history',
  'length',
  'location',
  'name',
  'open',
  'origin',
  'parent',
  'print',
  'screen',
  'self',
  'status',
  'stop',
  'top',
  'window',
]

const CSV_ADVICE = 'Write cells by app/core/assets/csv_cell.ts: it alone makes formulas text.'

const size = (max) => ['error', { max, skipBlankLines: true, skipComments: true }]

export default configApp(
  { ignores: ['tmp/**', 'storage/**', '!eslint.config.js'] },
  {
    name: 'LAIM: sizes',
    files: ['**/*.ts'],
    rules: {
      'max-lines': size(250),
      // Prettier decides where lines break, in a run of its own.
      'prettier/prettier': 'off',
      '@stylistic/max-len': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  { name: 'LAIM: generated', files: ['.adonisjs/**/*.ts'], rules: { 'max-lines': 'off' } },
  {
    name: 'LAIM: rules that know the types',
    files: SOURCES,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-globals': ['error', ...BROWSER_ONLY],
    },
  },
  {
    name: 'LAIM: one writer of CSV',
    files: ['app/**/*.ts'],
    ignores: ['app/core/assets/csv_cell.ts', 'app/core/reconcile/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['csv-stringify*', 'papaparse', 'fast-csv', '@fast-csv/*'], message: CSV_ADVICE }] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: String.raw`CallExpression[callee.property.name='join'][arguments.0.value=/^[,;\t]$/]`,
          message: CSV_ADVICE,
        },
      ],
    },
  },
  {
    name: 'LAIM: tests',
    files: TESTS,
    rules: { 'max-lines': size(400), '@unicorn/no-await-expression-member': 'off' },
  }
)
