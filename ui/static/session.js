// A session that has ended: the page asks for the login instead of failing at every click.
(() => {
  const fetch = window.fetch;
  window.fetch = async (...asked) => {
    const response = await fetch(...asked);
    if (response.status === 401) location.reload();
    return response;
  };
})();
