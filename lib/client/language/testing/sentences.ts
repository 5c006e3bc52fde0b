/** Reads the sources for the sentences they say, and for English that is said past the catalogue. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Sentence {
  readonly where: string;
  /** The English that the catalogue maps; of a counted sentence the form for many. */
  readonly english: string;
  readonly counted: boolean;
}

const SPEAKERS = new Set(['t', 'counted', 'rich', 'texts']);

export function sourceOf(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${source.fileName}:${line + 1}`;
}

function speakerOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  return SPEAKERS.has(node.expression.text) ? node.expression.text : undefined;
}

/** @throws Error for a sentence that is not written out: a catalogue could not know it */
function literal(node: ts.Node | undefined, call: ts.Node): string {
  if (node !== undefined && ts.isStringLiteralLike(node)) return node.text;
  throw new Error(`${placeOf(call)}: a sentence stands as one literal, so that it can be found.`);
}

function sentencesOfCall(call: ts.CallExpression, speaker: string): Sentence[] {
  const where = placeOf(call);
  const [first, , third] = call.arguments;
  if (speaker === 'counted') return [{ where, english: literal(third, call), counted: true }];
  if (speaker !== 'texts') return [{ where, english: literal(first, call), counted: false }];
  const table = first && ts.isObjectLiteralExpression(first) ? first.properties : [];
  return table.map((row) => ({
    where: placeOf(row),
    english: literal(ts.isPropertyAssignment(row) ? row.initializer : undefined, call),
    counted: false,
  }));
}

/** Every sentence a file says through `t`, `counted`, `rich` and `texts`. */
export function sentencesOf(source: ts.SourceFile): Sentence[] {
  const found: Sentence[] = [];
  const visit = (node: ts.Node): void => {
    const speaker = speakerOf(node);
    if (speaker !== undefined && ts.isCallExpression(node))
      found.push(...sentencesOfCall(node, speaker));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `t` where a module is loaded: it would speak the language of nobody. */
export function spokenTooEarly(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    const speaker = speakerOf(node);
    if (speaker !== undefined && speaker !== 'texts') found.push(placeOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Attributes and properties whose text a person reads or hears. */
const SHOWN =
  /^(aria-label|aria-description|aria-valuetext|title|placeholder|alt|label|backLabel|description|help|heading|what|who|detail|data-hint|hint|words?|does|message|empty)$/;
const WORD = /\p{L}{2,}/u;
/** A capital and small letters, alone or going on: how a text for people begins. */
const SENTENCE = /^[A-Z][a-z]*[ ,.:…]|^[A-Z][a-z]+$/;
/** A capital, a number or dots, and then a word: "0 never does.", "Made-up calls", "… within minutes". */
const BEGINNING = /^(?:… |\d[\d.,]* |\p{Lu}[\p{Ll}'’-][\p{L}'’-]* )\p{L}+/u;
/** Two plain words or more: the middle of a sentence, or its end. */
const PHRASE = /^[ (]*[a-z]{2,},?(?: [a-z]{2,},?)+[ .:;…?)]*$/;
const SELECTOR = /^(input|textarea|select|button)(, (input|textarea|select|button))*$/;
const KEY_NAMES =
  /^(Enter|Escape|Tab|Home|End|Space|Delete|Backspace|Page(Up|Down)|Arrow(Up|Down|Left|Right)|Shift|Control|Alt|Meta|Belay)$/;

function shownBy(node: ts.Node): 'always' | 'sentence' {
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isPropertyAssignment(parent) && parent.initializer === at)
      return SHOWN.test(parent.name.getText()) ? 'always' : 'sentence';
    if (ts.isJsxAttribute(parent)) return SHOWN.test(parent.name.getText()) ? 'always' : 'sentence';
    if (ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent)) return 'always';
    if (!ts.isConditionalExpression(parent) && !ts.isParenthesizedExpression(parent)) {
      if (!ts.isTemplateExpression(parent) && !ts.isJsxExpression(parent)) return 'sentence';
    } else if (ts.isConditionalExpression(parent) && parent.condition === at) return 'sentence';
  }
  return 'sentence';
}

function notForPeople(node: ts.Node): boolean {
  const { parent } = node;
  // 'use client'
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent) || ts.isElementAccessExpression(parent)) return true;
  if ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node)
    return true;
  if (ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText())) return true;
  if (!ts.isBinaryExpression(parent)) return false;
  return /^[!=]==$/.test(parent.operatorToken.getText());
}

/** Names of style classes read like words at times. */
function isClass(node: ts.Node): boolean {
  for (let at = node.parent; at !== undefined && !ts.isJsxElement(at); at = at.parent) {
    if (ts.isJsxAttribute(at)) return /class/i.test(at.name.getText());
    if (ts.isCallExpression(at)) return at.expression.getText() === 'cx';
  }
  return false;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text.replace(/&\w+;/g, '').trim();
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head, ...node.templateSpans.map((span) => span.literal)]
    .map((part) => part.text)
    .join(' ');
}

/** Nodes with English for people that is not said through the catalogue. */
function unspokenIn(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (speakerOf(node) !== undefined && ts.isCallExpression(node)) {
      // Values of a sentence may hold English of their own.
      node.arguments
        .slice(1)
        .filter((part) => !ts.isStringLiteralLike(part))
        .forEach(visit);
      return;
    }
    const text = textOf(node);
    if (text !== undefined && isForPeople(node, text)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isForPeople(node: ts.Node, text: string): boolean {
  if (!WORD.test(text) || KEY_NAMES.test(text) || SELECTOR.test(text) || notForPeople(node))
    return false;
  if (ts.isJsxText(node) || SENTENCE.test(text)) return true;
  if ((PHRASE.test(text) || BEGINNING.test(text)) && !isClass(node)) return true;
  return shownBy(node) === 'always';
}

/** The same as lines for a failing test: place and text. */
export function unspokenLines(source: ts.SourceFile): string[] {
  return unspokenIn(source).map((node) => `${placeOf(node)} ${textOf(node)}`);
}
