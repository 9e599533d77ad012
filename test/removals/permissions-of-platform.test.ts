import { isOfPlatform, testEachMissed } from './each-missed.ts';

// What AWS needs to run the service is taken away in turn: to log, to trace, and to become its roles.
testEachMissed(isOfPlatform);
