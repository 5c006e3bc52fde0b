/** Which kinds of calls are read in a way of their own, by what they are told apart, and what their parts are called. */
import { t } from '@/lib/client/language';

export type ReadingKind = 'sql' | 'http' | 'diff' | 'transfer' | 'email' | 'record';

/** What a call of the kind is called on the page. */
export const KIND_WORDS: Readonly<Record<ReadingKind, string>> = {
  sql: 'SQL',
  get http() {
    return t('Request');
  },
  get diff() {
    return t('Changes');
  },
  get transfer() {
    return t('Transfer');
  },
  email: 'E-mail',
  get record() {
    return t('Record');
  },
};

/** What a slot takes: any values, one text, or the values inside an object. */
export type Takes = 'values' | 'one text' | 'object';

export interface SlotRule {
  readonly slot: string;
  readonly label: string;
  /** Names of arguments in snake case. */
  readonly keys: RegExp;
  readonly takes?: Takes;
}

/** A kind holds when the tool's name says so and the arguments have what it needs, or the arguments alone leave no doubt. */
export interface Way {
  readonly needs: readonly string[];
  /** Over the words of the tool's name. */
  readonly tool?: RegExp;
  /** Over the text of the first needed slot. */
  readonly text?: RegExp;
}

interface KindRule {
  readonly kind: ReadingKind;
  /** Only tools that change something: the catalogue says so, or does not know the tool. */
  readonly writes: boolean;
  readonly ways: readonly Way[];
  readonly slots: readonly SlotRule[];
}

const SQL_BEGINS =
  /^\s*(?:with|select|insert\s+into|update|delete\s+from|merge|create|alter|drop|truncate|grant|revoke|begin)\s/i;

/** The first kind that holds is taken, so the order is part of the rule. */
export const KINDS: readonly KindRule[] = [
  {
    kind: 'sql',
    writes: false,
    ways: [
      {
        needs: ['statement'],
        tool: /^(?:\w*sql\w*|query|queries|database|databases|db|warehouse|bigquery|snowflake)$/,
      },
      { needs: ['statement'], text: SQL_BEGINS },
    ],
    slots: [
      {
        slot: 'database',
        get label() {
          return t('Database');
        },
        keys: /^(?:database|db|schema|warehouse|catalog)$/,
      },
      {
        slot: 'statement',
        get label() {
          return t('Statement');
        },
        keys: /^(?:sql|query|statement|command)$/,
        takes: 'one text',
      },
      {
        slot: 'values',
        get label() {
          return t('With');
        },
        keys: /^(?:params?|parameters|bindings?|values|args)$/,
      },
    ],
  },
  {
    kind: 'http',
    writes: false,
    ways: [
      { needs: ['url', 'method'] },
      { needs: ['url'], tool: /^(?:https?|request|fetch|webhook|curl|api|rest|url)$/ },
    ],
    slots: [
      {
        slot: 'method',
        get label() {
          return t('Method');
        },
        keys: /^(?:method|http_method|verb)$/,
        takes: 'one text',
      },
      {
        slot: 'url',
        get label() {
          return t('Address');
        },
        keys: /^(?:url|uri|endpoint)$/,
        takes: 'one text',
      },
      {
        slot: 'query',
        get label() {
          return t('Query');
        },
        keys: /^(?:query|params|query_params)$/,
      },
      {
        slot: 'headers',
        get label() {
          return t('Headers');
        },
        keys: /^headers?$/,
      },
      {
        slot: 'body',
        get label() {
          return t('Body');
        },
        keys: /^(?:body|json|data|payload|form)$/,
      },
    ],
  },
  {
    kind: 'diff',
    writes: true,
    ways: [
      { needs: ['patch'], text: /^(?:@@|[+-]|diff )/m },
      { needs: ['before', 'after', 'path'] },
      { needs: ['before', 'after'], tool: /^(?:files?|edit|code|repo|document|docs?|page)$/ },
    ],
    slots: [
      {
        slot: 'path',
        get label() {
          return t('File');
        },
        keys: /^(?:path|file|file_?path|file_?name)$/,
      },
      {
        slot: 'patch',
        get label() {
          return t('Patch');
        },
        keys: /^(?:patch|diff|unified_diff)$/,
        takes: 'one text',
      },
      {
        slot: 'before',
        get label() {
          return t('Before');
        },
        keys: /^(?:before|original|old(?:_(?:string|str|text|content))?)$/,
        takes: 'one text',
      },
      {
        slot: 'after',
        get label() {
          return t('After');
        },
        keys: /^(?:after|new(?:_(?:string|str|text|content))?)$/,
        takes: 'one text',
      },
    ],
  },
  {
    kind: 'transfer',
    writes: true,
    ways: [
      {
        needs: ['amount'],
        tool: /^(?:pay|payments?|transfers?|refunds?|payouts?|wires?|remit|invoices?)$/,
      },
      { needs: ['amount', 'currency', 'to'] },
    ],
    slots: [
      {
        slot: 'amount',
        get label() {
          return t('Amount');
        },
        keys: /^(?:amount|total|sum)(?:_|$)/,
      },
      {
        slot: 'currency',
        get label() {
          return t('Currency');
        },
        keys: /^currency(?:_code)?$/,
      },
      {
        slot: 'from',
        get label() {
          return t('From');
        },
        keys: /^(?:from|source|debtor|payer)(?:_(?:account|iban|id))?$/,
      },
      {
        slot: 'to',
        get label() {
          return t('To');
        },
        keys: /^(?:iban|bic|account(?:_number)?|(?:to|beneficiary|payee|recipient|destination|creditor|customer|supplier)(?:_(?:account|iban|name|id))?)$/,
      },
      {
        slot: 'reference',
        get label() {
          return t('Reference');
        },
        keys: /^(?:reference|memo|remittance(?:_text)?|purpose|order|invoice)(?:_(?:id|number))?$/,
      },
      {
        slot: 'date',
        get label() {
          return t('When');
        },
        keys: /^(?:date|due(?:_date)?|execute_on|scheduled_for)$/,
      },
    ],
  },
  {
    kind: 'email',
    writes: true,
    ways: [
      { needs: ['to'], tool: /^(?:mails?|emails?|gmail|outlook|smtp|inbox)$/ },
      { needs: ['to', 'subject', 'body'] },
    ],
    slots: [
      {
        slot: 'from',
        get label() {
          return t('From');
        },
        keys: /^(?:from|sender)(?:_(?:email|address))?$/,
      },
      {
        slot: 'to',
        get label() {
          return t('To');
        },
        keys: /^(?:to|recipients?|email|address(?:es)?)(?:_(?:email|address(?:es)?))?$/,
      },
      {
        slot: 'cc',
        get label() {
          return t('Cc');
        },
        keys: /^cc(?:_|$)/,
      },
      {
        slot: 'bcc',
        get label() {
          return t('Bcc');
        },
        keys: /^bcc(?:_|$)/,
      },
      {
        slot: 'reply',
        get label() {
          return t('Reply to');
        },
        keys: /^reply_?to$/,
      },
      {
        slot: 'subject',
        get label() {
          return t('Subject');
        },
        keys: /^(?:subject|title)$/,
      },
      {
        slot: 'body',
        get label() {
          return t('Text');
        },
        keys: /^(?:body|text|content|message|html|markdown)(?:_(?:text|html|plain))?$/,
      },
      {
        slot: 'attachments',
        get label() {
          return t('Attached');
        },
        keys: /^(?:attachments?|files?)$/,
      },
    ],
  },
  {
    kind: 'record',
    writes: true,
    ways: [
      { needs: ['before', 'after'] },
      {
        needs: ['changes'],
        tool: /^(?:update|change|edit|set|modify|patch|correct|rename|upsert)$/,
      },
    ],
    slots: [
      {
        slot: 'record',
        get label() {
          return t('Record');
        },
        keys: /^(?:id|\w+_id|record|contact|customer|row|key)$/,
      },
      {
        slot: 'before',
        get label() {
          return t('Before');
        },
        keys: /^(?:before|old|previous|current|original)$/,
        takes: 'object',
      },
      {
        slot: 'after',
        get label() {
          return t('After');
        },
        keys: /^(?:after|new|next|updated)$/,
        takes: 'object',
      },
      {
        slot: 'changes',
        get label() {
          return t('Changes');
        },
        keys: /^(?:changes|changed|updates|set|fields|values|patch|data)$/,
        takes: 'object',
      },
    ],
  },
];
