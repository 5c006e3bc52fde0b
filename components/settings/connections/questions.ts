/** What can be asked about a connection, and what a row needs to ask it. */
import type { EvidenceSource, IdentityIssuer } from '@/lib/contracts';

/** What is asked about an issuer; each is a window of its own. */
export type IssuerQuestion =
  | { readonly ask: 'add' }
  | { readonly ask: 'change' | 'bind' | 'remove'; readonly issuer: IdentityIssuer }
  | { readonly ask: 'unbind'; readonly issuer: IdentityIssuer; readonly subjectId: string };

/** What is asked about a source; each is a window of its own. */
export type SourceQuestion =
  | { readonly ask: 'add' }
  | { readonly ask: 'change' | 'pause' | 'rotate' | 'remove'; readonly source: EvidenceSource };

export interface IssuerRowProps {
  issuer: IdentityIssuer;
  mayManage: boolean;
  onAsk: (question: IssuerQuestion) => void;
}
