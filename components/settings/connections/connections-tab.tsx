'use client';

import { IssuersPanel } from './issuers-panel';
import { SourcesPanel } from './sources-panel';

/** Whose word counts here: identities from elsewhere, and evidence about agents. */
export function ConnectionsTab() {
  return (
    <div className="flex flex-col gap-4">
      <IssuersPanel />
      <SourcesPanel />
    </div>
  );
}
