using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>The base of all cmdlets of the module: an error of the module ends the command with its own id.</summary>
public abstract class TruebitCmdlet : PSCmdlet
{
    /// <summary>The file that a path names.</summary>
    /// <exception cref="ErrorException">The path is not of the file system, such as one of Env: or of a registry.</exception>
    private protected string ResolveFile(string path)
    {
        string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? file
            : throw new ErrorException(
                "NotAFilePath", ErrorCategory.InvalidArgument, $"'{path}' is a path of the provider {provider.Name}, not of a file. Give a full path, or Set-Location to a folder first.");
    }

    /// <summary>The files that paths name: a path with wildcard characters all that it matches, unless there is a file of that very name.</summary>
    /// <exception cref="ErrorException">A path is not of the file system, or matches nothing.</exception>
    private protected IEnumerable<string> ResolveFiles(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            string file = WildcardPattern.ContainsWildcardCharacters(path) ? "" : ResolveFile(path);
            if (file.Length > 0)
            {
                yield return file;
                continue;
            }

            file = ResolveFile(WildcardPattern.Escape(path).Replace("`", ""));
            string[] found = File.Exists(file) ? [file] : [.. GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider).Where(_ => provider.Name == "FileSystem")];
            foreach (string match in found.Length > 0 ? found : throw new ErrorException("FileNotFound", ErrorCategory.ObjectNotFound, $"No file matches '{path}'."))
            {
                yield return match;
            }
        }
    }

    /// <summary>Runs <paramref name="step"/>. An error of the module in it is thrown as a terminating error.</summary>
    /// <param name="step">A part of the command without which it cannot go on.</param>
    /// <param name="target">The error's TargetObject.</param>
    private protected T OrThrowTerminating<T>(Func<T> step, object? target = null)
    {
        try
        {
            return step();
        }
        catch (TruebitException e)
        {
            ThrowTerminatingError(Errors.ToErrorRecord(e, target));
            throw;
        }
    }

    /// <inheritdoc cref="OrThrowTerminating{T}(Func{T}, object?)"/>
    private protected void OrThrowTerminating(Action step, object? target = null) => OrThrowTerminating<object?>(
        () =>
        {
            step();
            return null;
        },
        target);
}
