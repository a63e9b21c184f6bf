import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { PAGE_PATHS } from '@fast-scanner/server/http/pages/page-paths.ts';
import { PAGE_PATTERNS } from '../../web/src/app/page-paths.ts';

const FOLDER = 'web/src';
const MOST_LINES = 250;
const STYLES = 'node_modules/@mantine/core/styles';
/** Styles of components that are drawn as a part of others, by those. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  Modal: ['ModalBase', 'Overlay', 'CloseButton'],
  Drawer: ['ModalBase', 'Overlay', 'CloseButton'],
  Select: ['Combobox', 'Input', 'ScrollArea', 'Popover'],
  MultiSelect: ['Combobox', 'Input', 'PillsInput', 'Pill', 'ScrollArea', 'Popover'],
  TagsInput: ['Combobox', 'Input', 'PillsInput', 'Pill', 'ScrollArea', 'Popover'],
  Autocomplete: ['Combobox', 'Input', 'ScrollArea', 'Popover'],
  TextInput: ['Input'],
  Textarea: ['Input'],
  NumberInput: ['Input', 'NumberInput'],
  PasswordInput: ['Input', 'PasswordInput', 'ActionIcon'],
  HoverCard: ['Popover'],
  Menu: ['Popover', 'Menu'],
  Checkbox: ['InlineInput', 'CheckboxIndicator'],
  Radio: ['InlineInput', 'RadioIndicator'],
  Switch: ['InlineInput'],
  Button: ['Loader', 'UnstyledButton'],
  Alert: ['CloseButton'],
  Table: ['ScrollArea'],
};

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => {
    const path = `${FOLDER}/${name.split(sep).join('/')}`;
    const text = readFileSync(path, 'utf8');
    const imports = [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)].map(([, from = '']) => from);
    return { path, text, imports };
  });

/** Names that are imported from Mantine's components. */
function mantineNames(text: string): readonly string[] {
  const lists = [...text.matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)].map(([, list = '']) => list);
  return lists.flatMap((list) => list.split(',')).map((name) => name.trim());
}

describe('the dashboard’s sources', () => {
  it('reach the server through the client alone', () => {
    const offences = files.flatMap(({ path, text, imports }) => [
      ...imports
        .filter((from) => /^@fast-scanner\/(?!client(\/react)?$)|^node:|socket\.io/.test(from))
        .map((from) => `${path} imports ${from}`),
      ...(/\b(fetch|WebSocket|EventSource|XMLHttpRequest)\(/.test(text) ? [`${path} asks by itself`] : []),
    ]);
    assert.deepEqual(offences, []);
  });

  it('write relative imports with their extension and stay in their package', () => {
    const offences = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          (from) =>
            from.startsWith('.') && (!/\.(tsx?|css|svg)$/.test(from) || from.includes('../../../../')),
        )
        .map((from) => `${path} imports ${from}`),
    );
    assert.deepEqual(offences, []);
  });

  it('leave pages to themselves: none imports from another, and nothing else imports from one but the routes', () => {
    const offences = files.flatMap(({ path, imports }) => {
      const [, page] = /^web\/src\/pages\/([^/]+)\//.exec(path) ?? [];
      return imports
        .filter((from) => (page ? /^\.\.\/(?!\.)/.test(from) : from.includes('/pages/')))
        .filter(() => path !== 'web/src/app/routes.tsx')
        .map((from) => `${path} imports ${from}`);
    });
    assert.deepEqual(offences, []);
  });

  it('are small files', () => {
    const long = files.filter(({ text }) => text.split('\n').length > MOST_LINES).map(({ path }) => path);
    assert.deepEqual(long, []);
  });

  it('bring the styles of the components they use', () => {
    const sheets = ['mantine-styles.css', 'mantine-styles-later.css'].map((name) =>
      readFileSync(`${FOLDER}/app/${name}`, 'utf8'),
    );
    const missing = files.flatMap(({ path, text }) =>
      mantineNames(text)
        .flatMap((name) => [name, ...(PARTS[name] ?? [])])
        .filter((name) => existsSync(`${STYLES}/${name}.css`))
        .filter((name) => !sheets.some((sheet) => sheet.includes(`/${name}.css`)))
        .map((name) => `${path} uses ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it('show their pages where the server answers with the page', () => {
    const starts = Object.values(PAGE_PATTERNS).map((pattern) => `/${pattern.split('/')[1]}`);
    assert.deepEqual(starts.filter((start) => start !== '/').sort(), [...PAGE_PATHS].sort());
  });
});
