/** The styles of a menu and its items. */
export const menuPopup =
  'min-w-48 rounded-lg border border-line bg-panel py-1 text-ink shadow-lg outline-none'

export const menuItem =
  'flex min-h-9 cursor-default items-center justify-between gap-4 px-3 py-1.5 outline-none select-none data-highlighted:bg-accent-soft data-disabled:text-soft'
