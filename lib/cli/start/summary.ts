export interface StartSummary {
  readonly url: string;
  readonly home: string;
  readonly admin: { readonly email: string; readonly oneTimePassword: string } | undefined;
  /** PostgreSQL is the operator's own. */
  readonly externalDatabase: boolean;
}

/** What `belay start` says once everything runs. */
export function summaryText(summary: StartSummary): string {
  const rows: [string, string][] = [['Console', summary.url]];
  if (summary.admin !== undefined) {
    rows.push(['Sign in', summary.admin.email]);
    rows.push(['Password', `${summary.admin.oneTimePassword}   (shown once; you choose your own)`]);
  }
  rows.push(['Data', summary.externalDatabase ? 'PostgreSQL of DATABASE_URL' : summary.home]);
  const lines = rows.map(([label, value]) => `  ${label.padEnd(9)} ${value}`);
  return ['', 'Belay is running.', '', ...lines, '', '  Ctrl-C stops it.', ''].join('\n');
}
