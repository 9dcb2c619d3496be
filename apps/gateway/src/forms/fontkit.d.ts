/** fontkit publishes no types; pdf-lib accepts the module untyped. */
declare module 'fontkit'
