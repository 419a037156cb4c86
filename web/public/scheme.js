// Sets the colour scheme before the first paint, so that a dark screen doesn't flash white.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('equipoise-scheme') || 'auto';
  } catch {}
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
