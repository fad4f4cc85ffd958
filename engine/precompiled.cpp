// Nothing but what precompiled.h needs to be built: a target of its own.
