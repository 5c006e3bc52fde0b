/** Asking this browser to tell of things: the permission, the worker that shows them, and pushes where it takes any. */
import { apiOf } from '@/lib/client/api';
import { ApiError } from '@/lib/client/api-error';
import { beginNotices, PUSH_WORKER } from '@/lib/client/notices';
import type { MessagePreferences } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** `always`: also while the console is closed. `open`: only while it is open, as this browser takes no pushes. */
export type Reach = 'always' | 'open';

/** Call it on a click: browsers ask for the permission then alone. @throws ApiError when it was refused */
export async function takePushes(workspace: string, pushKey: string): Promise<Reach> {
  if (!('Notification' in window) || !('serviceWorker' in navigator))
    throw notAllowed(t('This browser shows no notifications.'));
  if ((await Notification.requestPermission()) !== 'granted')
    throw notAllowed(
      t('This browser does not let Belay show notifications. Change it beside the address.'),
    );
  await navigator.serviceWorker.register(PUSH_WORKER);
  const worker = await navigator.serviceWorker.ready;
  beginNotices(workspace);
  const subscription = await worker.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    .catch(() => undefined);
  if (subscription === undefined) return 'open';
  await apiOf(workspace).post<MessagePreferences>('/api/v1/me/browsers', {
    ...subscription.toJSON(),
    label: browserName(),
  });
  return 'always';
}

/** A name to know the browser by in a list. */
function browserName(): string {
  const agent = navigator.userAgent;
  const browser = BROWSERS.find(([mark]) => agent.includes(mark))?.[1] ?? t('A browser');
  const system = SYSTEMS.find(([mark]) => agent.includes(mark))?.[1];
  return system === undefined ? browser : `${browser}, ${system}`;
}
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

const notAllowed = (sentence: string) =>
  new ApiError(0, 'notifications_refused', sentence, undefined, undefined, undefined);
