/** `npm run bench queue`: the approvals page with an ordinary queue, then with 10,000 waiting calls, in a real browser. */
import type { Page } from '@playwright/test';
import { printTable } from '../load';
import { fromKeyTo, openConsole, scrollFrames, visit, whenSeen } from './browser';
import { interactions } from './interactions';
import { openPage, watchOpening } from './opening';
import { fill, setStage, words, type Stage } from './stage';
import { openStreams } from './streams';

const WAITING = 10_000;
/** What waits on an ordinary day. */
const ORDINARY = 40;
const LOADS = 10;
const SCROLL_SECONDS = 12;
const FILTERS = 12;
const STREAMS = 100;
const REQUESTS = 60;
const VERDICTS = 100;
const LIKE = 50;
/** The console takes no confirmation earlier than this after it asked (ms). */
const GUARD_MS = 380;
const PAGE = '/default/approvals';

type Row = readonly [what: string, aim: string, p50: number, p99: number, worst: number];

/** @param args the number of waiting calls, 10,000 unless given; an ordinary queue and nothing else with no more than that */
export async function benchQueue([count = String(WAITING)]: readonly string[]): Promise<void> {
  const stage = await setStage();
  await fill(stage, 0, ORDINARY);
  const { browser, page } = await openConsole(stage.belay);
  await watchOpening(page);
  try {
    await measureQueue(page, ORDINARY, 'under 400');
    if (Number(count) > ORDINARY) await measureMany(stage, page, Number(count));
  } finally {
    await browser.close();
    await stage.close();
  }
}

/** How the page opens, and how it answers to keys and presses, with the queue as it stands. */
async function measureQueue(page: Page, count: number, paintAim: string): Promise<void> {
  process.stdout.write(`\nWith ${count} calls that wait:\n\n`);
  printTable(['what', 'aim', 'p50 ms', 'p98 ms', 'worst ms'], []);
  for (const row of await opening(page, paintAim)) printRow(row);
  await visit(page, PAGE);
  const all: number[] = [];
  for await (const { what, times } of interactions(page)) {
    all.push(...times);
    printRow(rowOf(what, 'under 100', times, 0.98));
  }
  printRow(rowOf('all of them', 'under 100', all, 0.98));
}

/** What only shows with thousands. */
async function measureMany(stage: Stage, page: Page, count: number): Promise<void> {
  const started = performance.now();
  await fill(stage, ORDINARY, count);
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`\n${count} calls wait, asked for in ${seconds.toFixed(0)} s.\n`);
  await measureQueue(page, count, 'under 1000');
  const measurements = [
    () => scrolling(page),
    () => filtering(page, count),
    () => arriving(stage, page),
    () => deciding(page),
  ];
  process.stdout.write('\n');
  printTable(['what', 'aim', 'p50 ms', 'p99 ms', 'worst ms'], []);
  for (const measure of measurements) printRow(await measure());
  process.stdout.write(`\n${await clearing(stage, page)}\n`);
}

/** Each line as soon as it is known: the whole takes minutes. */
function printRow([what, aim, ...times]: Row): void {
  const cells = [what, aim, ...times.map((time) => time.toFixed(0))];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

function rowOf(what: string, aim: string, times: readonly number[], high = 0.99): Row {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
  return [`${what} (${sorted.length})`, aim, at(0.5), at(high), at(1)];
}

async function opening(page: Page, paintAim: string): Promise<Row[]> {
  // The code of the page is in the browser's cache from then on, as it is for whoever has been here before.
  await visit(page, PAGE);
  const paints: number[] = [];
  const frames: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const opened = await openPage(page, PAGE);
    paints.push(opened.paintMs);
    frames.push(...opened.frames);
  }
  const long = frames.filter((time) => time > 50).length;
  return [
    rowOf('first view, largest contentful paint', paintAim, paints, 0.98),
    rowOf(`while it opens, time between frames, ${long} over 50 ms`, 'none over 50', frames, 0.98),
  ];
}

async function scrolling(page: Page): Promise<Row> {
  const { frames, rows } = await scrollFrames(page, SCROLL_SECONDS);
  const long = frames.filter((time) => time > 50).length;
  return rowOf(
    `scrolling, time between frames, ${rows} rows read, ${long} over 50 ms`,
    'none over 50',
    frames,
  );
}

async function filtering(page: Page, count: number): Promise<Row> {
  await visit(page, PAGE);
  const search = page.getByRole('searchbox');
  const times: number[] = [];
  for (let index = 0; index < FILTERS; index += 1) {
    const target = `C-${10_000 + ((index * 37 + 1) % count)}`;
    await search.fill(target.slice(0, -1));
    await page.waitForTimeout(600);
    const time = await fromKeyTo(page, () => search.press(target.slice(-1)), {
      selector: '[role="listbox"] [role="option"]',
      text: target,
      every: true,
    });
    times.push(time);
  }
  return rowOf('filter, from the key to the rows', 'under 150', times);
}

async function arriving(stage: Stage, page: Page): Promise<Row> {
  const [agent] = stage.agents;
  if (agent === undefined) throw new Error('the stage has no agents');
  const closeStreams = await openStreams(stage, STREAMS);
  await visit(page, `${PAGE}?tool=bench.refund`);
  const times: number[] = [];
  for (let index = 0; index < REQUESTS; index += 1) {
    const target = `arrival ${words(index)}.`;
    const seen = await whenSeen(page, { selector: '[role="option"]', text: target });
    const sent = performance.timeOrigin + performance.now();
    await stage.ask(agent, { tool: 'bench.refund', target, values: { amount: 40 } });
    times.push((await seen()) - sent);
    await page.waitForTimeout(150 + (index % 7) * 30);
  }
  closeStreams();
  return rowOf(`request to visible, ${STREAMS} open streams`, 'p99 under 300', times);
}

async function deciding(page: Page): Promise<Row> {
  await visit(page, `${PAGE}?tool=bench.refund`);
  const times: number[] = [];
  for (let index = 0; index < VERDICTS; index += 1) {
    times.push(await approveOpen(page));
    await page.keyboard.press('j');
    await page.locator('[data-verdict-bar] [data-ask="approve"]').waitFor();
  }
  return rowOf('verdict key to confirmed', 'p99 under 150', times);
}

/** Approves the open call with its two keys. @returns ms from the second one to the server's word on the page */
async function approveOpen(page: Page): Promise<number> {
  await page.locator('[data-verdict-bar] [data-ask="approve"]').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('group', { name: 'Confirm the approval' }).waitFor();
  await page.waitForTimeout(GUARD_MS);
  return fromKeyTo(page, () => page.keyboard.press('a'), {
    selector: '[data-verdict-bar]',
    text: 'Approved by',
  });
}

/** Fifty like calls among all others: found as one row, opened, and decided one by one from the keyboard. */
async function clearing(stage: Stage, page: Page): Promise<string> {
  const agent = stage.agents[1];
  if (agent === undefined) throw new Error('the stage has no second agent');
  for (let index = 0; index < LIKE; index += 1)
    await stage.ask(agent, {
      tool: 'bench.refund',
      target: `R-${1000 + index}`,
      values: { amount: 10 + index },
    });
  await visit(page, `${PAGE}?tool=bench.refund&agent=${agent.id}`);
  const rows = await page.getByRole('option').count();
  const started = performance.now();
  await page.keyboard.press('g');
  await page.getByRole('option', { name: 'one of the like calls above' }).first().waitFor();
  for (let index = 0; index < LIKE; index += 1) {
    await approveOpen(page);
    await page.keyboard.press('j');
  }
  const seconds = (performance.now() - started) / 1000;
  return `${LIKE} like calls stood as ${rows} row; opened and approved one by one from the keyboard: ${seconds.toFixed(1)} s.`;
}
