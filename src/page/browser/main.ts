import type { Payload } from '../payload';
import { App } from './app';
import { byId } from './element';

new App(JSON.parse(byId('payload').textContent!) as Payload, byId('worker').textContent!);
