// Shows what the server pushes to this browser, and opens the item when somebody presses it. It fetches nothing, keeps nothing
// and decides nothing.
self.addEventListener('push', (event) => {
  const { title, body, path, tag } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { path } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});

/** A page of this console that is open already goes there; otherwise a new one does. */
async function open(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (page === undefined) await self.clients.openWindow(url.href);
  else await page.focus().then((focused) => focused.navigate(url.href));
}
