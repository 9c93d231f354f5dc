using System.CommandLine;
using Platform.Intelligence.Workbench.CommandLine;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>The workbench of data teams.</summary>
internal sealed class MlVerb : IVerb
{
    public Command Build() => MlCommands.Create();
}
