/**
 * What covers the page under a dialog. Not the overlay of Radix, which also locks the scrolling of the document: this document never
 * scrolls, its panes do, and the scrim is over them. Locking it made the browser lay the whole page out twice.
 */
export const SCRIM = 'pointer-events-auto fixed inset-0 z-40 bg-scrim';
