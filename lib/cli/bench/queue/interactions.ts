/** What a reviewer does on the page, and how long the browser took until the next frame, as its Event Timing API counts it. */
import type { Page } from '@playwright/test';

/** Entries shorter than this do not exist (ms); durations come in steps of 8 ms. */
const SHORTEST_MS = 16;
/** Time for the server's answer, and for the browser to write its entries down. */
const SETTLE_MS = 250;

interface Entry {
  readonly name: string;
  readonly duration: number;
  readonly interactionId: number;
}

type Watched = typeof globalThis & { benchEvents: Entry[]; benchObserver: PerformanceObserver };

/** Writes down every slow event of the page as it stands now. */
async function watch(page: Page): Promise<void> {
  await page.evaluate((durationThreshold) => {
    const held = globalThis as Watched;
    const keep = (entries: PerformanceEntryList) =>
      held.benchEvents.push(...(entries as unknown as Entry[]));
    held.benchEvents = [];
    held.benchObserver = new PerformanceObserver((list) => keep(list.getEntries()));
    held.benchObserver.observe({ type: 'event', durationThreshold } as PerformanceObserverInit);
  }, SHORTEST_MS);
}

/** The longest event of the interactions since the last call, in ms; at most {@link SHORTEST_MS} when none is on record. */
const longestSince = (page: Page): Promise<number> =>
  page.evaluate((shortest) => {
    const held = globalThis as Watched;
    const late = held.benchObserver.takeRecords() as unknown as Entry[];
    const entries = [...held.benchEvents.splice(0), ...late];
    // Moving the pointer is no interaction, and has no id.
    const counted = entries.filter(({ interactionId }) => interactionId > 0);
    return Math.max(shortest, ...counted.map(({ duration }) => duration));
  }, SHORTEST_MS);

interface Kind {
  readonly what: string;
  readonly times: number;
  /** One interaction that counts. */
  readonly act: (page: Page, turn: number) => Promise<unknown>;
  /** What has to be done before, and after, which does not count. */
  readonly before?: (page: Page, turn: number) => Promise<unknown>;
  readonly after?: (page: Page) => Promise<unknown>;
}

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const focusList = (page: Page) => page.getByRole('listbox').focus();
const option = (page: Page, turn: number) => page.getByRole('option').nth(1 + (turn % 6));
const TYPED = 'clerk 12';

/** A form or dialog that a key opens and Escape closes. */
const opens = (what: string, key: string): Kind => ({
  what,
  times: 15,
  act: press(key),
  after: press('Escape'),
});

const KINDS: readonly Kind[] = [
  { what: 'j, to the next call', times: 30, act: press('j'), before: focusList },
  { what: 'k, back', times: 25, act: press('k') },
  {
    what: 'a held j, ten calls',
    times: 4,
    act: async ({ keyboard }) => {
      // A key that is down already repeats.
      for (let repeat = 0; repeat < 10; repeat += 1) await keyboard.down('j');
      await keyboard.up('j');
    },
  },
  { what: 'a row pressed', times: 20, act: (page, turn) => option(page, turn * 5).click() },
  opens('a, the confirm bar', 'a'),
  opens('r, the reject form', 'r'),
  opens('c, the comment form', 'c'),
  opens('h, handing over', 'h'),
  opens('s, putting aside', 's'),
  opens('?, the list of keys', '?'),
  opens('Ctrl K, search and commands', 'Control+k'),
  {
    what: 'account menu opened',
    times: 15,
    act: (page) => page.getByRole('button', { name: /^Account/ }).click(),
    after: press('Escape'),
  },
  {
    what: 'a letter typed in the search',
    times: 4 * TYPED.length,
    before: async (page, turn) => {
      const search = page.getByRole('searchbox');
      if (turn % TYPED.length === 0) await search.fill('');
      await search.focus();
    },
    act: (page, turn) => page.keyboard.press(TYPED.charAt(turn % TYPED.length)),
  },
  {
    what: 'filters opened or folded',
    times: 10,
    before: (page) => page.getByRole('searchbox').fill(''),
    act: (page) => page.getByRole('button', { name: /^Filter and sort/ }).click(),
  },
  {
    what: 'another tab',
    times: 10,
    act: (page, turn) =>
      page.getByRole('tab', { name: turn % 2 === 0 ? 'Unclaimed' : 'All waiting' }).click(),
  },
];

export interface Interaction {
  readonly what: string;
  /** From the input to the next frame, ms, one a turn. */
  readonly times: readonly number[];
}

/** Does everything a reviewer does, on the approvals page as it stands. */
export async function* interactions(page: Page): AsyncGenerator<Interaction> {
  await watch(page);
  for (const { what, times: turns, act, before, after } of KINDS) {
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      await before?.(page, turn);
      await page.waitForTimeout(SETTLE_MS);
      await longestSince(page);
      await act(page, turn);
      await page.waitForTimeout(SETTLE_MS);
      times.push(await longestSince(page));
      await after?.(page);
    }
    yield { what, times };
  }
}
