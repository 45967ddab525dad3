namespace Truebit.Sandbox;

/// <summary>What goes back to the caller: always JSON.</summary>
internal sealed class Answer(int statusCode, byte[] body)
{
    public int StatusCode => statusCode;

    public byte[] Body => body;
}
