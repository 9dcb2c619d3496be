/**
 * Whether an EHR shows this page in a frame. There, people can sign in only by opening it from the chart: the browser keeps no other
 * cookies.
 */
export const isInFrame: boolean = window.self !== window.top
