/** Whether this browser tells of calls that wait while the console is open: a choice of the browser, for each workspace. */
const KEY = 'belay.notices';
export const PUSH_WORKER = '/push-worker.js';

const keyOf = (workspace: string) => `${KEY}.${workspace}`;

/** Asked for before every notice, so that switching off holds at once in every tab. */
export function noticesOn(workspace: string): boolean {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  return window.localStorage.getItem(keyOf(workspace)) === 'on';
}

export function beginNotices(workspace: string): void {
  window.localStorage.setItem(keyOf(workspace), 'on');
  listeners.forEach((listener) => listener());
}

const listeners = new Set<() => void>();

/** Hears of a change, in this tab or another. @returns ends it */
export function onNoticesChange(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/**
 * Ends them here, in one workspace or (signing out: the next person at this browser is somebody else) in all. With the last one
 * the browser lets go of pushes, which its push service tells the server.
 */
export async function endNotices(workspace?: string): Promise<void> {
  const isEnding = (key: string) =>
    workspace === undefined ? key.startsWith(`${KEY}.`) : key === keyOf(workspace);
  for (const key of Object.keys(window.localStorage))
    if (isEnding(key)) window.localStorage.removeItem(key);
  listeners.forEach((listener) => listener());
  if (Object.keys(window.localStorage).some((key) => key.startsWith(`${KEY}.`))) return;
  if (!('serviceWorker' in navigator)) return;
  const worker = await navigator.serviceWorker.getRegistration(PUSH_WORKER);
  const subscription = await worker?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}
