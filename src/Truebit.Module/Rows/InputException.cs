using Truebit.Client;

namespace Truebit.Rows;

/// <summary>The command line and the columns of the input do not fit together. It ends the command before anything is sent.</summary>
internal sealed class InputException(string errorId, string message) : TruebitException(errorId, message);
