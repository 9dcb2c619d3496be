// Keeps the parts that are marked data-live up to date, and reads out what the last action did.
const everyMs = 2000

const said = document.getElementById('said')
if (said !== null && said.textContent !== '' && location.hash === '#said') said.focus()

async function refresh() {
  const answer = await fetch('/control')
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id)
    if (next === null || next.innerHTML === part.innerHTML) continue
    const focusedId = part.contains(document.activeElement) ? document.activeElement?.id : ''
    part.innerHTML = next.innerHTML
    if (focusedId) document.getElementById(focusedId)?.focus({ preventScroll: true })
  }
}

function again() {
  setTimeout(() => {
    const next = document.visibilityState === 'visible' ? refresh() : Promise.resolve()
    // The sandbox may be stopped; the page stays as it was.
    void next.catch(() => undefined).finally(again)
  }, everyMs)
}
again()
