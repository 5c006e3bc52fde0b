'use client';

import { useMemo, useState, type ReactNode } from 'react';
import { counted, t } from '@/lib/client/language';
import { cx } from './class-names';
import { CopyButton } from './copy-button';
import { byteLength, jsonBytes, jsonLines, type JsonLine } from './json-lines';
import { sizeText } from './number-text';
import { revealUntrusted } from './untrusted';
import { UntrustedMark } from './untrusted-text';

/** A string longer than this starts folded: its beginning and its end stay in sight. */
const LONG_STRING = 1_200;
const HEAD = 700;
const TAIL = 300;
const DEEPEST_INDENT = 20;

const FOLD_BUTTON =
  'mx-1 inline-flex min-h-6 items-center rounded-sm border border-dashed border-line-strong bg-sunken px-1.5 font-sans text-xs font-medium text-ink hover:bg-hover';

/** Text of a string literal: JSON escapes for what JSON escapes, labelled marks for what cannot be seen. */
function Revealed({ text, literal }: { text: string; literal?: boolean }) {
  return revealUntrusted(text).map((segment, index) =>
    segment.kind === 'text' ? (
      <span key={index}>{literal ? JSON.stringify(segment.text).slice(1, -1) : segment.text}</span>
    ) : (
      <UntrustedMark key={index} kind={segment.kind} label={segment.label} />
    ),
  );
}

function LongText({ text, literal }: { text: string; literal?: boolean }) {
  const [open, setOpen] = useState(false);
  const total = text.length;
  if (total <= LONG_STRING || open) return <Revealed text={text} literal={literal} />;
  const hidden = text.slice(HEAD, total - TAIL);
  return (
    <>
      <Revealed text={text.slice(0, HEAD)} literal={literal} />
      <button type="button" className={FOLD_BUTTON} onClick={() => setOpen(true)}>
        {t('{count} characters folded here ({size}): show all', {
          count: hidden.length,
          size: sizeText(byteLength(hidden)),
        })}
      </button>
      <Revealed text={text.slice(total - TAIL)} literal={literal} />
    </>
  );
}

function Value({ line }: { line: JsonLine }) {
  if (!line.isString)
    return (
      <span className={line.kind === 'value' ? 'font-medium text-ink' : 'text-ink-2'}>
        {line.text}
      </span>
    );
  return (
    <bdi dir="ltr" className="text-ink">
      &quot;
      <LongText text={line.text} literal />
      &quot;
    </bdi>
  );
}

function Fold({ fold, onOpen }: { fold: NonNullable<JsonLine['fold']>; onOpen: () => void }) {
  const size = sizeText(fold.bytes);
  return (
    <button type="button" aria-expanded={false} className={FOLD_BUTTON} onClick={onOpen}>
      {fold.shape === 'array'
        ? t('list folded: {items} items, {size}: show', { items: fold.members, size })
        : t('object folded: {members} members, {size}: show', { members: fold.members, size })}
    </button>
  );
}

interface LineProps {
  line: JsonLine;
  onOpen: (line: JsonLine) => void;
  note: ReactNode;
}

function Line({ line, onOpen, note }: LineProps) {
  const indent = Math.min(line.depth, DEEPEST_INDENT);
  return (
    <div className="flex items-start hover:bg-hover/60" data-path={line.path}>
      <div
        className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere"
        style={{ paddingLeft: `${indent * 2 + 2}ch`, textIndent: '-2ch' }}
      >
        {line.depth > DEEPEST_INDENT ? (
          <span className="text-ink-3">{t('depth {depth}', { depth: line.depth })} </span>
        ) : null}
        {line.name === undefined ? null : (
          <span className="text-ink-2">
            &quot;
            <Revealed text={line.name} literal />
            &quot;:{' '}
          </span>
        )}
        {line.fold ? <Fold fold={line.fold} onOpen={() => onOpen(line)} /> : <Value line={line} />}
        {line.comma ? <span className="text-ink-3">,</span> : null}
      </div>
      {note ? <div className="shrink-0 pl-2 font-sans">{note}</div> : null}
    </div>
  );
}

function Header({
  label,
  bytes,
  lines,
  copy,
}: {
  label: string;
  bytes: number;
  lines: number;
  copy: string;
}) {
  return (
    <div className="flex min-h-8 items-center gap-2 border-b border-line px-3 font-sans text-xs text-ink-2">
      <span className="font-medium text-ink">{label}</span>
      <span>
        {counted(lines, '{size}, {count} line', '{size}, {count} lines', { size: sizeText(bytes) })}
      </span>
      <span className="ml-auto">
        <CopyButton text={copy} label={t('Copy: {what}', { what: label })} />
      </span>
    </div>
  );
}

export interface CodeViewProps {
  label: string;
  /** A JSON value, shown as a tree of lines. */
  value: unknown;
  /** Something beside the line of a value, by its JSON Pointer ("/to/0"): where an argument came from. */
  annotate?: (path: string) => ReactNode;
  className?: string;
}

/**
 * Arguments exactly as they are: monospaced, wrapped, never cut without saying how much is folded and where. Characters that
 * cannot be seen are labelled. Nothing in it is markup.
 */
export function CodeView({ label, value, annotate, className }: CodeViewProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const lines = useMemo(
    () => jsonLines(value, { maxDepth: 12, maxMembers: 60, chosen }),
    [value, chosen],
  );
  const bytes = useMemo(() => jsonBytes(value), [value]);
  const open = (line: JsonLine) => setChosen(new Map(chosen).set(line.path, true));
  const copy =
    bytes < 5_000_000 && lines.every((line) => line.depth < 500)
      ? JSON.stringify(value, null, 2)
      : '';
  return (
    <figure
      className={cx('min-w-0 rounded-md border border-line bg-sunken', className)}
      aria-label={label}
    >
      <Header label={label} bytes={bytes} lines={lines.length} copy={copy} />
      <div className="px-3 py-2 font-mono text-[12.5px] leading-5">
        {lines.map((line, index) => (
          <Line
            key={`${line.path}:${line.kind}:${index}`}
            line={line}
            onOpen={open}
            note={line.kind === 'close' ? null : annotate?.(line.path)}
          />
        ))}
      </div>
    </figure>
  );
}

/** Plain text in the same frame: canonical bytes, commands, policy text. */
export function TextView({
  label,
  text,
  whole = false,
  className,
}: {
  label: string;
  text: string;
  /** Never folded: what is there to be copied by hand. */
  whole?: boolean;
  className?: string;
}) {
  return (
    <figure
      className={cx('min-w-0 rounded-md border border-line bg-sunken', className)}
      aria-label={label}
    >
      <Header label={label} bytes={byteLength(text)} lines={text.split('\n').length} copy={text} />
      <pre className="px-3 py-2 font-mono text-[12.5px] leading-5 whitespace-pre-wrap wrap-anywhere">
        {whole ? <Revealed text={text} /> : <LongText text={text} />}
      </pre>
    </figure>
  );
}
