// A page of the third party that posts a message in the dialog's place.

import { post } from "./host_messages.js";

post(JSON.parse(document.body.dataset.message));
window.close();
