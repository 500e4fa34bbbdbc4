/** The part of msal that is used: a bundle of its own (dist/msal.js), so that nothing loads it before somebody signs in. */
export { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
