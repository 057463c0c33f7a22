/** Persons as an account knows them. Knows the rest of the model, and nothing else. */
@NullMarked
package dev.switchboard.model.contact;

import org.jspecify.annotations.NullMarked;
