/** Shows for ten seconds what was done, with a way to undo it. */
export async function notify(
  title: string,
  undo?: { readonly label: string; readonly run: () => void },
): Promise<void> {
  const { toasts } = await import('./toasts.tsx')
  toasts.add({
    title,
    ...(undo === undefined ? {} : { actionProps: { children: undo.label, onClick: undo.run } }),
  })
}
